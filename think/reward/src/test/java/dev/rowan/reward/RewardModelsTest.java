package dev.rowan.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rowan.core.Finish;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Step;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineSettings;
import dev.rowan.model.Llama;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.LlamaWeights;
import dev.rowan.model.TokenHead;
import dev.rowan.model.Tokenizer;
import dev.rowan.model.ValueHead;
import dev.rowan.policy.PromptEncoder;
import dev.rowan.tensor.DType;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reward models on the engine against the same heads on the training forward pass. */
final class RewardModelsTest {

  private static final int D = 64;
  private static final LlamaConfig CONFIG =
      new LlamaConfig(16, D, 96, 2, 4, 2, 16, 64, 10_000, 1e-5, 1, 0);
  private static final Problem PROBLEM = Problem.of("p", "Sam has 3?\n", new Reference.None());
  private static final List<Step> STEPS =
      List.of(step("Sam has 3+4=7\n"), step("2+5=6\n"), step(""), step("Sam has 6\n"));

  private final Scope scope = Scope.open();
  private final RandomStream random = new RandomStream(5);
  private final LlamaWeights weights = LlamaWeights.random(CONFIG, random);
  private final Tokenizer tokenizer = Tokenizer.open(
      Path.of(Objects.requireNonNull(RewardModelsTest.class.getResource("/tiny-tokenizer.json"))
          .toURI()));
  private final PromptEncoder encoder = new PromptEncoder(tokenizer);
  private final Engine engine;
  private final TokenHead head;

  RewardModelsTest() throws URISyntaxException {
    weights.embed().mulInPlace(3);
    engine = new Engine(weights, new EngineSettings(1, 16, 64, 256, DType.FLOAT32));
    head = TokenHead.read(
        Map.of(
            "score_head.a", random.normal(1, 1),
            "score_head.U", random.normal(0.2, D, D),
            "score_head.w", random.normal(0.2, D),
            "score_head.b", random.normal(1, 1)),
        weights);
  }

  @AfterEach
  void free() {
    engine.close();
    head.close();
    tokenizer.close();
    weights.close();
    scope.close();
  }

  private static Step step(String text) {
    return new Step(text, List.of());
  }

  /** Hidden states [length, D] by the training forward pass. */
  private Tensor hidden(int[] tokens) {
    long[] ids = Arrays.stream(tokens).asLongStream().toArray();
    return new Llama(weights, DType.FLOAT32)
        .hidden(Tensor.of(ids, 1, ids.length))
        .squeeze(0);
  }

  /** The probabilities of all tokens but the first, by the head on the training forward pass. */
  private float[] probabilities(int[] tokens) {
    int n = tokens.length - 1;
    Tensor hidden = hidden(tokens);
    Tensor before = hidden.narrow(0, 0, n);
    Tensor next = Tensor.of(Arrays.stream(tokens).skip(1).asLongStream().toArray());
    Tensor logProbs = new Llama(weights, DType.FLOAT32)
        .logits(before)
        .logSoftmax()
        .gather(-1, next.unsqueeze(1))
        .squeeze(-1);
    return head.scores(before, hidden.narrow(0, 1, n), next, logProbs).sigmoid().toFloats();
  }

  @Test
  void aStepScoresTheProductOfItsTokensProbabilities() throws InterruptedException {
    float[] probabilities = probabilities(encoder.encode(new Prefix(PROBLEM, STEPS)));
    int token = encoder.encode(Prefix.of(PROBLEM)).length;
    List<Double> scores =
        new TokenHeadRewardModel(engine, head, encoder).scoreSteps(PROBLEM, STEPS);
    assertThat(scores).hasSize(4);
    for (int i = 0; i < 4; i++) {
      double product = 1;
      for (int end = token + encoder.encode(STEPS.get(i)).length; token < end; token++) {
        product *= probabilities[token - 1];
      }
      assertThat(scores.get(i)).as("step %d", i).isCloseTo(product, within(1e-5));
    }
    assertThat(scores.get(2)).as("a step without tokens says nothing wrong").isEqualTo(1);
    assertThat(scores.get(0)).isNotEqualTo(scores.get(1));
  }

  @Test
  void scoringFromAStepOnIsScoringAllAndCutting() throws InterruptedException {
    TokenHeadRewardModel model = new TokenHeadRewardModel(engine, head, encoder);
    List<Double> all = model.scoreSteps(PROBLEM, STEPS);
    for (int from = 0; from <= STEPS.size(); from++) {
      assertThat(model.scoreSteps(PROBLEM, STEPS, from)).isEqualTo(all.subList(from, 4));
    }
    assertThat(model.scoreSteps(PROBLEM, STEPS.subList(0, 2))).isEqualTo(all.subList(0, 2));
  }

  @Test
  void sampledStepsScoreAsWrittenOnes() throws InterruptedException {
    List<Step> sampled = new ArrayList<>();
    for (Step step : STEPS) {
      List<Token> tokens = new ArrayList<>();
      for (int id : encoder.encode(step)) {
        tokens.add(new Token(id, tokenizer.decode(id), -1));
      }
      sampled.add(Step.of(tokens));
    }
    TokenHeadRewardModel model = new TokenHeadRewardModel(engine, head, encoder);
    assertThat(model.scoreSteps(PROBLEM, sampled)).isEqualTo(model.scoreSteps(PROBLEM, STEPS));
  }

  @Test
  void theValueHeadJudgesTheEndOfTheChain() throws InterruptedException {
    float[] w = random.normal(0.3, D).toFloats();
    try (ValueHead value = ValueHead.of(w, 0.5f)) {
      OutcomeRewardModel model = new OutcomeRewardModel(engine, value, encoder);
      double[] scores = new double[2];
      for (int i = 0; i < 2; i++) {
        Trajectory chain = new Trajectory("p", STEPS.subList(0, 2 + 2 * i), Finish.END, Usage.ZERO);
        int[] tokens = encoder.encode(new Prefix(PROBLEM, chain.steps()));
        double expected = value
            .values(hidden(tokens).narrow(0, tokens.length - 1L, 1))
            .sigmoid()
            .item();
        scores[i] = model.score(PROBLEM, chain).value();
        assertThat(scores[i]).isCloseTo(expected, within(1e-5)).isStrictlyBetween(0.0, 1.0);
      }
      assertThat(scores[0]).isNotEqualTo(scores[1]);
    }
  }
}
