/**
 * Tensors, gradients and optimisers over libtorch, the only package that knows it.
 *
 * <p>Native memory has a lexical lifetime: every {@link dev.rowan.tensor.Tensor} made while a
 * {@link dev.rowan.tensor.Scope} is open is freed when the scope closes, unless it was kept or escaped to the scope
 * around. There is no finaliser to wait for, so memory stays flat over any number of steps. What libtorch cannot do it
 * says in one line, as a {@link dev.rowan.tensor.TensorException}.
 *
 * <p>Operations run on the calling thread alone: parallelism is one thread per core, each with its own batch, never two
 * threads inside one operation. On a busy machine such lanes slow down by their share, where threads that must meet
 * after every operation slow down by a factor of ten.
 *
 * <p>A tensor on the CPU can be seen as a {@link java.lang.foreign.MemorySegment} without a copy, which is how kernels
 * written in Java take part.
 */
@NullMarked
package dev.rowan.tensor;

import org.jspecify.annotations.NullMarked;
