package dev.rowan.cli;

import java.lang.reflect.InvocationTargetException;

/**
 * Where the launcher enters: opens the Vector API module, then hands over to {@link Main}.
 *
 * <p>The engine's attention kernel uses {@code jdk.incubator.vector}. Asked for by {@code --add-modules}, an incubator
 * module makes the JDK print a warning at every start and switches off its cached module graph, which doubles the time
 * to start. Loaded here instead, by the same internal call with which the JDK loads its management agent, it does
 * neither. The call needs {@code --add-exports=java.base/jdk.internal.module=ALL-UNNAMED}.
 */
final class Start {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private Start() {}

  /** Starts Rowan. */
  public static void main(String[] args) {
    boolean runsCommand = args.length > 0 && !args[0].startsWith("-");
    if (runsCommand && ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      loadVectorModule();
    }
    Main.main(args);
  }

  private static void loadVectorModule() {
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, VECTOR_MODULE);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InvocationTargetException e) {
      System.err.println("rowan: this JDK does not open " + VECTOR_MODULE + " (" + e
          + "): add --add-modules=" + VECTOR_MODULE + " to ROWAN_JAVA_OPTS");
    }
  }
}
