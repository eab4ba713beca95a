package dev.rowan.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;

/**
 * The part of oneDNN's C interface that packed products need. libtorch carries a oneDNN of its own, but prepares every
 * product anew, which takes longer than a small product itself; here a product is prepared once and then only run.
 * Objects are handles, addresses of C structures; whoever makes one destroys it.
 */
final class OneDnn {

  static final int BF16 = 2;
  static final int F32 = 3;
  static final int S8 = 5;

  static final int SOURCE = 1;
  static final int TARGET = 17;
  static final int WEIGHTS = 33;
  static final int SCRATCHPAD = 80;
  static final int WEIGHT_SCALES = 4096 | WEIGHTS;

  private static final String FOLDER = "/org/bytedeco/dnnl/linux-x86_64/";
  private static final int CPU = 1;
  private static final int ANY_LAYOUT = 1;
  private static final int IN_ORDER = 1;
  private static final int QUERY_WEIGHTS = 131;
  private static final int QUERY_SCRATCHPAD = 136;
  private static final int USER_SCRATCHPAD = 1;
  private static final int PER_COLUMN = 2;

  /**
   * A C function. On x86-64 every argument here is a machine word, and those that a function does not have do not
   * disturb it, so one shape serves all. Public because the JDK's proxies ask for it.
   */
  @FunctionalInterface
  public interface Function {
    /** Calls it. */
    long call(long a, long b, long c, long d, long e, long f, long g);
  }

  private static final OneDnn INSTANCE = new OneDnn();

  private final SymbolLookup library;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final Function setThreads;
  private final Function createMemory;
  private final Function execute;
  private final long engine;

  private OneDnn() {
    JavaCpp.prepare();
    // Its OpenMP library is found beside it, unless libtorch has loaded its own: both share one.
    JavaCpp.unpacked(FOLDER + "libgomp.so.1");
    library = SymbolLookup.libraryLookup(JavaCpp.unpacked(FOLDER + "libdnnl.so.3"), Arena.global());
    setThreads = bind("omp_set_num_threads");
    createMemory = function("memory_create");
    execute = function("primitive_execute");
    Function createEngine = function("engine_create");
    engine = made(at -> createEngine.call(at, CPU, 0, 0, 0, 0, 0));
  }

  static OneDnn get() {
    return INSTANCE;
  }

  /** Products that the calling thread prepares and runs from now on are computed by it alone. */
  void stayOnThisThread() {
    setThreads.call(1, 0, 0, 0, 0, 0, 0);
  }

  private Function function(String name) {
    return functions.computeIfAbsent("dnnl_" + name, this::bind);
  }

  private Function bind(String name) {
    ValueLayout word = ValueLayout.JAVA_LONG;
    return MethodHandleProxies.asInterfaceInstance(
        Function.class,
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow(name),
                FunctionDescriptor.of(word, word, word, word, word, word, word, word)));
  }

  /** What a function writes to the place that it is given: the handle of a new object. */
  private static long made(LongUnaryOperator function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(ValueLayout.JAVA_LONG);
      check(function.applyAsLong(place.address()));
      return place.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** The result of a C function is an int: the upper half of the word means nothing. */
  private static void check(long status) {
    if ((int) status != 0) {
      throw new TensorException("oneDNN refuses a product, with status " + (int) status);
    }
  }

  /** Describes numbers in order of their strides. */
  long strided(int type, long[] sizes, long... strides) {
    try (Arena arena = Arena.ofConfined()) {
      long steps = arena.allocateFrom(ValueLayout.JAVA_LONG, strides).address();
      return described("memory_desc_create_with_strides", type, sizes, steps);
    }
  }

  /** Describes numbers in a layout that oneDNN may choose. */
  long anyLayout(int type, long... sizes) {
    return described("memory_desc_create_with_tag", type, sizes, ANY_LAYOUT);
  }

  private long described(String function, int type, long[] sizes, long layout) {
    try (Arena arena = Arena.ofConfined()) {
      long extents = arena.allocateFrom(ValueLayout.JAVA_LONG, sizes).address();
      Function create = function(function);
      return made(at -> create.call(at, sizes.length, extents, type, layout, 0, 0));
    }
  }

  /** Prepares {@code target = source · weights}, which uses memory of the caller's to work in. */
  long matmul(long source, long weights, long target, boolean scaledColumns) {
    long attributes = made(at -> function("primitive_attr_create").call(at, 0, 0, 0, 0, 0, 0));
    check(function("primitive_attr_set_scratchpad_mode")
        .call(attributes, USER_SCRATCHPAD, 0, 0, 0, 0, 0));
    if (scaledColumns) {
      check(function("primitive_attr_set_scales_mask")
          .call(attributes, WEIGHTS, PER_COLUMN, 0, 0, 0, 0));
    }
    Function create = function("matmul_primitive_desc_create");
    long matmul = made(at -> create.call(at, engine, source, weights, 0, target, attributes));
    destroy("primitive_attr", attributes);
    return matmul;
  }

  /** Prepares a change of layout. */
  long reorder(long from, long to) {
    Function create = function("reorder_primitive_desc_create");
    return made(at -> create.call(at, from, engine, to, engine, 0, 0));
  }

  /** A copy of the description of the weights that a product chose. */
  long weightsOf(long matmul) {
    long found = function("primitive_desc_query_md").call(matmul, QUERY_WEIGHTS, 0, 0, 0, 0, 0);
    Function copy = function("memory_desc_clone");
    return made(at -> copy.call(at, found, 0, 0, 0, 0, 0));
  }

  /** The description of the memory that a product works in; it belongs to the product. */
  long scratchpadOf(long matmul) {
    return function("primitive_desc_query_md").call(matmul, QUERY_SCRATCHPAD, 0, 0, 0, 0, 0);
  }

  long bytes(long description) {
    return function("memory_desc_get_size").call(description, 0, 0, 0, 0, 0, 0);
  }

  /** What can be run, of a description. */
  long primitive(long description) {
    Function create = function("primitive_create");
    return made(at -> create.call(at, description, 0, 0, 0, 0, 0));
  }

  long memory(long description, MemorySegment at) {
    return made(place -> createMemory.call(place, description, engine, at.address(), 0, 0, 0));
  }

  long stream() {
    Function create = function("stream_create");
    return made(at -> create.call(at, engine, IN_ORDER, 0, 0, 0, 0));
  }

  /** Runs a primitive with {@code count} pairs of an argument's number and its memory, 16 bytes each. */
  void execute(long primitive, long stream, int count, MemorySegment arguments) {
    check(execute.call(primitive, stream, count, arguments.address(), 0, 0, 0));
  }

  /** Destroys an object of a kind such as {@code memory_desc}. */
  void destroy(String kind, long object) {
    check(function(kind + "_destroy").call(object, 0, 0, 0, 0, 0, 0));
  }
}
