package dev.rowan.model;

import java.util.Optional;

/** What a model is kept in: a Hugging Face folder, a GGUF file. */
public interface ModelFiles {

  /** The shape of the model. */
  LlamaConfig config();

  /** Its weights in fp32; the caller closes them. */
  LlamaWeights weights();

  /** Its weights where they lie, for an engine. */
  ParameterRows parameters();

  /** Its tokenizer; the caller closes it. */
  Tokenizer tokenizer();

  /** How it reads a chat; nothing for a model that was not taught to. */
  Optional<ChatTemplate> chatTemplate();
}
