package dev.rowan.model;

import java.util.Arrays;
import java.util.Optional;

/** Decoders that differ from one another in a few places only. The first of a family's names is {@code model_type}. */
public enum Family {
  /** Llama 2 and 3, SmolLM2 and all who took their shape (Touvron et al. 2023). */
  LLAMA("llama", "LlamaForCausalLM"),
  /** Llama whose tokens may see only the last few thousand (Jiang et al. 2023). */
  MISTRAL("mistral", "MistralForCausalLM"),
  /** Queries, keys and values have a bias (Qwen Team 2024). */
  QWEN2("qwen2", "Qwen2ForCausalLM"),
  /** Every head of the queries and keys is normed before it is turned (Qwen Team 2025). */
  QWEN3("qwen3", "Qwen3ForCausalLM");

  private final String modelType;
  private final String architecture;

  Family(String modelType, String architecture) {
    this.modelType = modelType;
    this.architecture = architecture;
  }

  /** What {@code config.json} calls it. */
  public String modelType() {
    return modelType;
  }

  /** The class that loads it in transformers. */
  String architecture() {
    return architecture;
  }

  /** Whether queries, keys and values have a bias. */
  public boolean attentionBias() {
    return this == QWEN2;
  }

  /** Whether the heads of queries and keys are normed. */
  public boolean headNorms() {
    return this == QWEN3;
  }

  static Optional<Family> of(String modelType) {
    return Arrays.stream(values())
        .filter(family -> family.modelType.equals(modelType))
        .findFirst();
  }
}
