package dev.rowan.berry;

import dev.rowan.model.LlamaWeights;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.TokenHead;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Torch;
import dev.rowan.train.LabelledSequence;
import dev.rowan.train.StepSize;
import java.io.IOException;
import java.util.List;

/**
 * The process reward model of a run. The mistakes it was made to see are the warm start's, and the loop removes those first;
 * what the final policy still does wrong it has to learn from that policy's roll-outs.
 */
final class JudgeInTraining implements AutoCloseable {

  /** What bringing it up to date took: seconds, and tokens that were generated for it. */
  record Update(double seconds, long tokens) {}

  /** Gradients are summed in the order of the lanes, so their number is the same on every machine. */
  private static final StepSize STEP = new StepSize(2048, 2);

  private static final int PASSES = 2;

  private final LlamaWeights weights;
  private final TokenHead head;

  private JudgeInTraining(LlamaWeights weights, TokenHead head) {
    this.weights = weights;
    this.head = head;
  }

  /**
   * Reads weights and head.
   *
   * @throws dev.rowan.model.ModelException if one of them is missing or damaged
   */
  static JudgeInTraining open(ModelFolder folder) {
    Torch.load();
    LlamaWeights weights = folder.weights();
    try (Scope _ = Scope.open()) {
      return new JudgeInTraining(weights, TokenHead.read(folder.tensors(), weights));
    }
  }

  LlamaWeights weights() {
    return weights;
  }

  TokenHead head() {
    return head;
  }

  /** Learns from labelled roll-outs. */
  void learn(List<LabelledSequence> rollouts, long seed, Progress progress) {
    JudgeLesson.teach(weights, head, STEP, rollouts, PASSES, seed, progress);
  }

  void save(ModelFolder folder) throws IOException {
    folder.write(weights, head.parameters(), DType.BFLOAT16);
  }

  @Override
  public void close() {
    head.close();
    weights.close();
  }
}
