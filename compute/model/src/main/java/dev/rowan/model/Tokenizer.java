package dev.rowan.model;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Text to token ids and back, as {@code tokenizer.json} says. Safe for use by any number of threads. */
public final class Tokenizer implements AutoCloseable {

  /** Stands for bytes that are no character. */
  static final char BROKEN = '\uFFFD';

  /** Tokens whose texts are tried together, to see whether they can be joined. */
  private static final int PROBES = 1000;

  static {
    // Otherwise DJL reports home at the first tokenizer, and fetches a library for CUDA where it
    // sees a GPU.
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final Map<Integer, String> texts = new ConcurrentHashMap<>();
  private final boolean joins;

  private Tokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.joins = IntStream.range(0, PROBES).allMatch(this::joins);
  }

  /** Whether the tokens {@code i} and {@code i + 1} have the same text together as one after the other. */
  private boolean joins(int i) {
    String apart = text(i) + text(i + 1);
    return apart.indexOf(BROKEN) >= 0 || apart.equals(decode(i, i + 1));
  }

  /**
   * Opens a {@code tokenizer.json}.
   *
   * @throws ModelException if it is missing or broken, or if there is nowhere to unpack the native library
   */
  public static Tokenizer open(Path file) {
    try (InputStream json = Files.newInputStream(file)) {
      return of(json, file.toString());
    } catch (IOException e) {
      throw new ModelException("no tokenizer at " + file + ": give a Hugging Face model folder", e);
    }
  }

  /**
   * The tokenizer that the text of a {@code tokenizer.json} describes.
   *
   * @param json the text
   * @param origin where it is from, for errors
   * @throws ModelException if it describes none, or if there is nowhere to unpack the native library
   */
  public static Tokenizer of(InputStream json, String origin) {
    try {
      return new Tokenizer(HuggingFaceTokenizer.newInstance(
          json, Map.of("truncation", "false", "padding", "false")));
    } catch (EngineException e) {
      throw new ModelException(
          "the tokenizers library cannot be unpacked: make the home folder writable or set DJL_CACHE_DIR",
          e);
    } catch (IOException | RuntimeException e) {
      // The native library's own exceptions have no type but this one.
      throw new ModelException(origin + " is not a tokenizer: fetch the model again", e);
    }
  }

  /**
   * The ids of {@code text}, without special tokens added. Those that the text names are found.
   *
   * @throws ModelException if the text has parts that the vocabulary cannot express
   */
  public int[] encode(String text) {
    return encode(text, false);
  }

  /** The ids of a text that starts a sequence: with the special tokens around it that the model was trained to see. */
  public int[] encodeStart(String text) {
    return encode(text, true);
  }

  private int[] encode(String text, boolean specialTokens) {
    Encoding encoding;
    try {
      encoding = tokenizer.encode(text, specialTokens, false);
    } catch (RuntimeException e) {
      throw new ModelException("the vocabulary has no tokens for '" + start(text) + "'", e);
    }
    long[] ids = encoding.getIds();
    int[] result = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      result[i] = Math.toIntExact(ids[i]);
    }
    return result;
  }

  private static String start(String text) {
    String line = text.strip().lines().findFirst().orElse("");
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  /** What one token adds to a text: nothing for a special token, U+FFFD for a part of a character. */
  public String text(int id) {
    return texts.computeIfAbsent(id, this::decode);
  }

  /** Whether the text of several tokens is that of each, one after another, as long as they are whole characters. */
  boolean joins() {
    return joins;
  }

  /** The text of {@code ids}, without special tokens. Ids outside the vocabulary have no text. */
  public String decode(int... ids) {
    return decode(ids, true);
  }

  /** The text of {@code ids}, special tokens included. */
  public String decodeAll(int... ids) {
    return decode(ids, false);
  }

  private String decode(int[] ids, boolean skipSpecialTokens) {
    long[] longs = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      longs[i] = ids[i];
    }
    return tokenizer.decode(longs, skipSpecialTokens);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
