package dev.rowan.policy;

import dev.rowan.core.PolicyException;
import dev.rowan.model.LlamaConfig;
import dev.rowan.model.Tokenizer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A tokenizer with what each of its tokens adds to a text. Safe for use by any number of threads. */
public final class Vocabulary {

  private final Tokenizer tokenizer;
  private final String[] texts;
  private final Map<String, int[]> tokensWith = new ConcurrentHashMap<>();

  Vocabulary(Tokenizer tokenizer, LlamaConfig config) {
    this.tokenizer = tokenizer;
    this.texts = IntStream.range(0, config.vocabulary()).mapToObj(tokenizer::decode).toArray(String[]::new);
  }

  /** The ids of a text. */
  public int[] encode(String text) {
    return tokenizer.encode(text);
  }

  /** What a token adds to a text; nothing for a special token. */
  public String text(int id) {
    return texts[id];
  }

  /** The tokens whose text contains {@code part}. */
  int[] tokensWith(String part) {
    int[] ids = tokensWith.computeIfAbsent(part, wanted ->
        IntStream.range(0, texts.length).filter(id -> texts[id].contains(wanted)).toArray());
    if (ids.length == 0) {
      throw new PolicyException("no token of this model contains the stop string '" + part + "': choose another");
    }
    return ids;
  }
}
