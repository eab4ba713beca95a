package dev.rowan.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array in native memory. Operations return new tensors in the innermost open {@link Scope}; those whose
 * name ends in {@code InPlace} change this one. A tensor made while no scope is open lives until {@link #close()}. Shapes
 * follow libtorch's broadcasting rules; where shapes, types or devices do not fit, operations throw a
 * {@link TensorException} that names them.
 */
public final class Tensor implements AutoCloseable {

  static {
    Torch.load();
  }

  private final org.bytedeco.pytorch.Tensor native_;
  private @Nullable PointerScope owner = PointerScope.getInnerScope();

  private Tensor(org.bytedeco.pytorch.Tensor native_) {
    this.native_ = native_;
  }

  /** Runs one operation of libtorch; numbers and options that it was given are freed at once. */
  private static Tensor op(Supplier<org.bytedeco.pytorch.Tensor> operation) {
    org.bytedeco.pytorch.Tensor result;
    try (PointerScope temporaries = new PointerScope()) {
      result = outliving(temporaries, operation.get());
    } catch (RuntimeException e) {
      throw TensorException.of(e);
    }
    return inScope(result);
  }

  private static org.bytedeco.pytorch.Tensor outliving(
      PointerScope temporaries, org.bytedeco.pytorch.Tensor result) {
    result.retainReference();
    temporaries.detach(result);
    return result;
  }

  private static Tensor inScope(org.bytedeco.pytorch.Tensor result) {
    PointerScope scope = PointerScope.getInnerScope();
    if (scope != null) {
      scope.attach(result);
      result.releaseReference();
    }
    return new Tensor(result);
  }

  private Tensor change(Supplier<org.bytedeco.pytorch.Tensor> operation) {
    ask(operation);
    return this;
  }

  private static <T> T ask(Supplier<T> question) {
    try (PointerScope _ = new PointerScope()) {
      return question.get();
    } catch (RuntimeException e) {
      throw TensorException.of(e);
    }
  }

  // --- making

  /** Zeros. */
  public static Tensor zeros(DType dtype, long... shape) {
    return op(() -> torch.zeros(shape, options(dtype)));
  }

  /** One value everywhere, fp32. */
  public static Tensor full(double value, long... shape) {
    return op(() -> torch.full(shape, new Scalar(value), options(DType.FLOAT32)));
  }

  /** Memory that holds anything: to be filled through {@link #segment()}. */
  public static Tensor empty(DType dtype, long... shape) {
    return op(
        () -> torch.empty(shape, options(dtype), new org.bytedeco.pytorch.MemoryFormatOptional()));
  }

  /** A copy of {@code values}, fp32; one dimension if no shape is given. */
  public static Tensor of(float[] values, long... shape) {
    Tensor tensor = empty(DType.FLOAT32, shape.length == 0 ? new long[] {values.length} : shape);
    tensor.checkCount(values.length);
    MemorySegment.copy(values, 0, tensor.segment(), ValueLayout.JAVA_FLOAT, 0, values.length);
    return tensor;
  }

  /** A copy of {@code values}, int64; one dimension if no shape is given. */
  public static Tensor of(long[] values, long... shape) {
    Tensor tensor = empty(DType.INT64, shape.length == 0 ? new long[] {values.length} : shape);
    tensor.checkCount(values.length);
    MemorySegment.copy(values, 0, tensor.segment(), ValueLayout.JAVA_LONG, 0, values.length);
    return tensor;
  }

  /** The tensors one after another along {@code dim}. */
  public static Tensor cat(List<Tensor> tensors, long dim) {
    return op(() -> {
      TensorVector vector = new TensorVector(tensors.size());
      for (int i = 0; i < tensors.size(); i++) {
        vector.put(i, tensors.get(i).native_);
      }
      return torch.cat(vector, dim);
    });
  }

  // --- lifetime

  /** Takes this tensor out of its scope: it lives until {@link #close()}. */
  public Tensor keep() {
    if (owner != null) {
      native_.retainReference();
      owner.detach(native_);
      owner = null;
    }
    return this;
  }

  /**
   * Moves this tensor from its scope to the one around it, so that it survives the inner one. If there is none around it,
   * it is kept.
   */
  public Tensor escape() {
    PointerScope inner = owner;
    keep();
    var scopes = PointerScope.getScopeIterator();
    while (scopes != null && scopes.hasNext()) {
      if (scopes.next().equals(inner) && scopes.hasNext()) {
        owner = scopes.next().attach(native_);
        native_.releaseReference();
      }
    }
    return this;
  }

  /** Frees this tensor now; it cannot be used any more. Closing it again does nothing. */
  @Override
  public void close() {
    native_.close();
  }

  // --- looking

  /** The sizes of all dimensions. */
  public long[] shape() {
    return ask(() -> {
      long[] shape = new long[(int) native_.dim()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = native_.size(i);
      }
      return shape;
    });
  }

  /** The size of one dimension; negative ones count from the end. */
  public long size(long dim) {
    return ask(() -> native_.size(dim));
  }

  /** The number of elements. */
  public long count() {
    return ask(native_::numel);
  }

  /** The element type. */
  public DType dtype() {
    return DType.of(ask(native_::scalar_type));
  }

  /** Where the elements lie. */
  public Device device() {
    return ask(() -> {
      org.bytedeco.pytorch.Device device = native_.device();
      return device.is_cuda() ? Device.cuda(device.index()) : Device.CPU;
    });
  }

  /**
   * The elements in order, without a copy. Valid while this tensor lives: nothing guards against later use.
   *
   * @throws IllegalStateException if the tensor is not contiguous or not on the CPU
   */
  public MemorySegment segment() {
    if (!device().equals(Device.CPU)) {
      throw new IllegalStateException(
          "tensor " + this + " lies on " + device() + ": call to(Device.CPU) first");
    }
    if (!ask(native_::is_contiguous)) {
      throw new IllegalStateException(
          "tensor " + this + " is not contiguous: call contiguous() first");
    }
    if (count() == 0) {
      return MemorySegment.NULL;
    }
    return MemorySegment.ofAddress(ask(() -> native_.data_ptr().address()))
        .reinterpret(count() * dtype().bytes());
  }

  /** The rows of a contiguous matrix, or a vector as one row; valid as long as {@link #segment()}. */
  public WeightRows rows() {
    int inputs = Math.toIntExact(size(-1));
    return WeightRows.of(segment(), dtype(), Math.toIntExact(count() / inputs), inputs);
  }

  /** A copy of the elements as fp32. */
  public float[] toFloats() {
    try (Scope _ = Scope.open()) {
      return to(Device.CPU)
          .to(DType.FLOAT32)
          .contiguous()
          .segment()
          .toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  /** A copy of the elements as int64. */
  public long[] toLongs() {
    try (Scope _ = Scope.open()) {
      return to(Device.CPU).to(DType.INT64).contiguous().segment().toArray(ValueLayout.JAVA_LONG);
    }
  }

  /** The value of a tensor that holds just one. */
  public double item() {
    return ask(() -> native_.item().toDouble());
  }

  @Override
  public String toString() {
    return native_.isNull() ? "closed tensor" : dtype() + Arrays.toString(shape());
  }

  // --- gradients

  /** Records operations on this tensor from now on, so that {@link #backward()} fills {@link #grad()}. */
  public Tensor requireGrad() {
    return change(() -> native_.set_requires_grad(true));
  }

  /** Adds the gradient of this single value to every tensor that requires one. */
  public void backward() {
    ask(() -> {
      native_.backward();
      return this;
    });
  }

  /** The gradient gathered so far, of this tensor's shape. */
  public Optional<Tensor> grad() {
    boolean defined = ask(() -> native_.grad().defined());
    return defined
        ? Optional.of(op(() -> new org.bytedeco.pytorch.Tensor(native_.grad())))
        : Optional.empty();
  }

  /** Adds {@code amount}, of this tensor's shape, to the gradient gathered so far. */
  public void addGrad(Tensor amount) {
    ask(() -> {
      org.bytedeco.pytorch.Tensor grad = native_.mutable_grad();
      return grad.defined()
          ? grad.add_(amount.native_)
          : grad.put(amount.native_.detach().clone());
    });
  }

  /** Forgets the gradient. */
  public void clearGrad() {
    ask(() -> {
      native_.mutable_grad().reset();
      return this;
    });
  }

  /** The same memory, cut off from the recorded history. */
  public Tensor detach() {
    return op(() -> native_.detach());
  }

  // --- shape

  /** The same elements in another shape; one size may be -1. */
  public Tensor reshape(long... shape) {
    return op(() -> native_.reshape(shape));
  }

  /** Two dimensions exchanged. */
  public Tensor transpose(long a, long b) {
    return op(() -> native_.transpose(a, b));
  }

  /** {@code length} entries of a dimension from {@code start} on. */
  public Tensor narrow(long dim, long start, long length) {
    return op(() -> native_.narrow(dim, start, length));
  }

  /**
   * This, cut into pieces of these sizes along {@code dim}. Where all pieces are used, their gradients come back in one
   * copy; those of as many {@link #narrow}s each fill a whole tensor.
   */
  public List<Tensor> split(long dim, long... sizes) {
    List<org.bytedeco.pytorch.Tensor> pieces = new ArrayList<>();
    try (PointerScope temporaries = new PointerScope()) {
      TensorVector vector = native_.split_with_sizes(sizes, dim);
      for (int i = 0; i < sizes.length; i++) {
        pieces.add(outliving(temporaries, new org.bytedeco.pytorch.Tensor(vector.get(i))));
      }
    } catch (RuntimeException e) {
      throw TensorException.of(e);
    }
    return pieces.stream().map(Tensor::inScope).toList();
  }

  /** A new dimension of size 1. */
  public Tensor unsqueeze(long dim) {
    return op(() -> native_.unsqueeze(dim));
  }

  /** A dimension of size 1 removed. */
  public Tensor squeeze(long dim) {
    return op(() -> native_.squeeze(dim));
  }

  /** Dimensions of size 1 repeated without a copy; -1 keeps a size. */
  public Tensor expand(long... shape) {
    return op(() -> native_.expand(shape));
  }

  /** These elements laid out in order, a copy if they are not. */
  public Tensor contiguous() {
    return op(() -> native_.contiguous());
  }

  /** A copy. */
  public Tensor copy() {
    return op(() -> native_.clone());
  }

  /** This tensor in another element type; itself if it has it already. */
  public Tensor to(DType dtype) {
    return dtype() == dtype ? this : op(() -> native_.to(dtype.scalarType()));
  }

  /**
   * This tensor on another device; itself if it is there already.
   *
   * @throws TensorException if this machine lacks the device
   */
  public Tensor to(Device device) {
    return switch (device) {
      case Device it when it.equals(device()) -> this;
      case Device.Cpu _ -> op(native_::cpu);
      case Device.Cuda(int index)
      when index < Torch.cudaDevices() ->
        op(() -> native_.to(
            new org.bytedeco.pytorch.Device(torch.DeviceType.CUDA, (byte) index),
            native_.scalar_type()));
      case Device.Cuda _ ->
        throw new TensorException(device + " is not there: libtorch sees " + Torch.cudaDevices()
            + " of them; use the CPU");
    };
  }

  // --- picking

  /** The entries of dimension {@code dim} at {@code index}, int64 [n]. */
  public Tensor indexSelect(long dim, Tensor index) {
    return op(() -> native_.index_select(dim, index.native_));
  }

  /** {@code out[i, j] = this[i, index[i, j]]} for {@code dim} = 1, and so on; {@code index} is int64. */
  public Tensor gather(long dim, Tensor index) {
    return op(() -> native_.gather(dim, index.native_));
  }

  /** Rows of this [n, d] table by {@code ids}, int64 of any shape; the result has that shape and d. */
  public Tensor embedding(Tensor ids) {
    return op(() -> torch.embedding(native_, ids.native_));
  }

  /** Position of the largest value along the last dimension, int64. */
  public Tensor argmax() {
    return op(() -> native_.argmax(new org.bytedeco.pytorch.LongOptional(-1), false));
  }

  // --- arithmetic

  /** Sum, element by element. */
  public Tensor add(Tensor other) {
    return op(() -> native_.add(other.native_));
  }

  /** Sum with a number. */
  public Tensor add(double other) {
    return op(() -> native_.add(new Scalar(other)));
  }

  /** Difference, element by element. */
  public Tensor sub(Tensor other) {
    return op(() -> native_.sub(other.native_));
  }

  /** Product, element by element. */
  public Tensor mul(Tensor other) {
    return op(() -> native_.mul(other.native_));
  }

  /** Product with a number. */
  public Tensor mul(double other) {
    return op(() -> native_.mul(new Scalar(other)));
  }

  /** Quotient, element by element. */
  public Tensor div(Tensor other) {
    return op(() -> native_.div(other.native_));
  }

  /** The smaller of both, element by element. */
  public Tensor min(Tensor other) {
    return op(() -> torch.min(native_, other.native_));
  }

  /** The larger of both, element by element. */
  public Tensor max(Tensor other) {
    return op(() -> torch.max(native_, other.native_));
  }

  /** Every value moved into [low, high]. */
  public Tensor clamp(double low, double high) {
    return op(() -> torch.clamp(
        native_,
        new org.bytedeco.pytorch.ScalarOptional(new Scalar(low)),
        new org.bytedeco.pytorch.ScalarOptional(new Scalar(high))));
  }

  /** The opposite. */
  public Tensor neg() {
    return op(() -> native_.neg());
  }

  /** e to this power. */
  public Tensor exp() {
    return op(() -> native_.exp());
  }

  /** Natural logarithm. */
  public Tensor log() {
    return op(() -> native_.log());
  }

  /** Square root. */
  public Tensor sqrt() {
    return op(() -> native_.sqrt());
  }

  /** 1 / (1 + exp(-x)). */
  public Tensor sigmoid() {
    return op(() -> native_.sigmoid());
  }

  /** log(sigmoid(x)), exact for large |x|. */
  public Tensor logSigmoid() {
    return op(() -> torch.log_sigmoid(native_));
  }

  /** x · sigmoid(x). */
  public Tensor silu() {
    return op(() -> torch.silu(native_));
  }

  /** Matrix product of the last two dimensions; those before are batches. */
  public Tensor matmul(Tensor other) {
    return op(() -> native_.matmul(other.native_));
  }

  /** {@code beta · this + alpha · a · b} for matrices a and b, in one operation. */
  public Tensor addMatmul(Tensor a, Tensor b, double beta, double alpha) {
    return op(() -> native_.addmm(a.native_, b.native_, new Scalar(beta), new Scalar(alpha)));
  }

  /** {@code x · weightᵀ} for a weight [out, in] and x [..., in]. */
  public Tensor linear(Tensor weight) {
    return op(() -> torch.linear(native_, weight.native_));
  }

  /** Scaled to unit root mean square along the last dimension, times {@code weight} (Zhang and Sennrich 2019). */
  public Tensor rmsNorm(Tensor weight, double epsilon) {
    return op(() -> torch.rms_norm(
        native_,
        new long[] {weight.size(0)},
        new TensorOptional(weight.native_),
        new DoubleOptional(epsilon)));
  }

  /** Softmax along the last dimension. */
  public Tensor softmax() {
    return op(() -> native_.softmax(-1));
  }

  /** Logarithm of the softmax along the last dimension. */
  public Tensor logSoftmax() {
    return op(() -> native_.log_softmax(-1));
  }

  /** Log of the sum of exponentials along the last dimension. */
  public Tensor logSumExp() {
    return op(() -> native_.logsumexp(-1));
  }

  /** Sum of all elements. */
  public Tensor sum() {
    return op(() -> native_.sum());
  }

  /** Sum along one dimension, which disappears. */
  public Tensor sum(long dim) {
    return op(() -> native_.sum(new long[] {dim}, false, new ScalarTypeOptional()));
  }

  /** Mean of all elements. */
  public Tensor mean() {
    return op(() -> native_.mean());
  }

  /** Square root of the sum of squares of all elements. */
  public Tensor norm() {
    return op(() -> native_.norm());
  }

  // --- in place

  /** Becomes a copy of {@code other}. */
  public Tensor copyInPlace(Tensor other) {
    return change(() -> native_.copy_(other.native_));
  }

  /** Adds {@code scale · other}. */
  public Tensor addInPlace(Tensor other, double scale) {
    return change(() -> native_.add_(other.native_, new Scalar(scale)));
  }

  /** Multiplies by a number. */
  public Tensor mulInPlace(double factor) {
    return change(() -> native_.mul_(new Scalar(factor)));
  }

  /** Moves towards {@code other} by {@code share} of the way. */
  public Tensor lerpInPlace(Tensor other, double share) {
    return change(() -> native_.lerp_(other.native_, new Scalar(share)));
  }

  /** Adds {@code scale · a · b}. */
  public Tensor addProductInPlace(Tensor a, Tensor b, double scale) {
    return change(() -> native_.addcmul_(a.native_, b.native_, new Scalar(scale)));
  }

  /** Adds {@code scale · a / b}. */
  public Tensor addQuotientInPlace(Tensor a, Tensor b, double scale) {
    return change(() -> native_.addcdiv_(a.native_, b.native_, new Scalar(scale)));
  }

  private static TensorOptions options(DType dtype) {
    return new TensorOptions().dtype(new ScalarTypeOptional(dtype.scalarType()));
  }

  private void checkCount(int count) {
    if (count != count()) {
      throw new IllegalArgumentException(count + " values do not fill " + this);
    }
  }
}
