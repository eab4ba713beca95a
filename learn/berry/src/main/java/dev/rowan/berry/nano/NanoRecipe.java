package dev.rowan.berry.nano;

import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.model.LlamaConfig;
import dev.rowan.train.StepSize;

/**
 * How the shipped models are made. The number of lanes is part of it, because gradients are summed in their order.
 *
 * @param model the shape of both models
 * @param lanes training threads
 * @param step what a training step of the policy reads
 * @param warmStartTokens tokens of supervised fine-tuning
 * @param learningRate peak of Muon's learning rate
 * @param judgeProblems problems whose roll-outs train the reward model
 * @param judgeRollouts roll-outs of each of them
 * @param judgePasses times it goes over them
 * @param judgeStep what a training step of the reward model reads: much more, because false tokens are rare
 * @param maxTokens most tokens of a chain
 */
public record NanoRecipe(
    LlamaConfig model,
    int lanes,
    StepSize step,
    long warmStartTokens,
    double learningRate,
    int judgeProblems,
    int judgeRollouts,
    int judgePasses,
    StepSize judgeStep,
    int maxTokens) {

  /** Most new tokens of a chain of either family: one and a half of the longest solution. */
  public static final int MAX_TOKENS = 160;

  /** The recipe of what is shipped. */
  public static NanoRecipe shipped() {
    LlamaConfig model = new LlamaConfig(
        80,
        192,
        512,
        4,
        6,
        2,
        32,
        NanoVocabulary.MAX_LENGTH,
        10_000,
        1e-5,
        NanoVocabulary.EOS,
        NanoVocabulary.PAD);
    return new NanoRecipe(
        model,
        2,
        new StepSize(384, 2),
        1_250_000,
        3e-3,
        4_000,
        2,
        3,
        new StepSize(2048, 2),
        MAX_TOKENS);
  }
}
