package dev.rowan.testkit;

/** A tokenizer whose tokens are the 256 bytes, and two that begin and end a message. */
public final class ByteTokenizer {

  /** Begins a message: {@code <|im_start|>}. */
  public static final int START = 256;

  /** Ends a message: {@code <|im_end|>}. */
  public static final int END = 257;

  /** Number of tokens. */
  public static final int VOCABULARY = 258;

  private ByteTokenizer() {}

  /** It as a {@code tokenizer.json}: byte-level BPE without merges. */
  public static String json() {
    StringBuilder vocabulary = new StringBuilder();
    // Byte-level BPE writes bytes that cannot be printed as characters from 256 on.
    int stand = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b > 32 && b < 127) || (b > 160 && b != 173);
      vocabulary.append("\"\\u%04x\": %d, ".formatted(printable ? b : stand++, b));
    }
    return """
        {"version": "1.0",
         "added_tokens": [%s, %s],
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
         "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
         "model": {"type": "BPE", "merges": [], "vocab": {%s "<|im_start|>": 256, "<|im_end|>": 257}}}
        """.formatted(special(START, "<|im_start|>"), special(END, "<|im_end|>"), vocabulary);
  }

  private static String special(int id, String text) {
    return """
        {"id": %d, "content": "%s", "special": true, "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false}""".formatted(id, text);
  }
}
