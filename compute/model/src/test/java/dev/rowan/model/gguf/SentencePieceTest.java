package dev.rowan.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.ModelException;
import dev.rowan.model.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vocabulary of pieces with scores, as Llama 2's files have it. */
final class SentencePieceTest {

  private record Piece(String text, double score, int type) {}

  private static final List<Piece> PIECES = List.of(
      new Piece("<unk>", 0, 2),
      new Piece("<s>", 0, 3),
      new Piece("</s>", 0, 3),
      new Piece("<0xC3>", 0, 6),
      new Piece("<0xA4>", 0, 6),
      new Piece("▁", -10, 1),
      new Piece("a", -11, 1),
      new Piece("b", -12, 1),
      new Piece("ab", -1, 1),
      new Piece("▁a", -2, 1),
      new Piece("▁ab", -3, 1),
      new Piece("aa", -4, 1));

  @TempDir
  private Path folder;

  private GgufModel model(int scores) throws IOException {
    GgufBytes bytes = GgufBytes.header(0, 5);
    bytes.value("tokenizer.ggml.model", 8).text("llama");
    bytes.value("tokenizer.ggml.tokens", 9).u32(8).u64(PIECES.size());
    PIECES.forEach(piece -> bytes.text(piece.text()));
    bytes.value("tokenizer.ggml.scores", 9).u32(6).u64(scores);
    PIECES.stream()
        .limit(scores)
        .forEach(piece -> bytes.u32(Float.floatToRawIntBits((float) piece.score())));
    bytes.value("tokenizer.ggml.token_type", 9).u32(5).u64(PIECES.size());
    PIECES.forEach(piece -> bytes.u32(piece.type()));
    bytes.value("tokenizer.ggml.bos_token_id", 4).u32(1);
    return new GgufModel(
        Files.write(folder.resolve("pieces.gguf"), bytes.aligned().bytes()));
  }

  @Test
  void theBestScoredPiecesAreJoinedFirst() throws IOException {
    try (Tokenizer tokenizer = model(PIECES.size()).tokenizer()) {
      assertThat(tokenizer.encode("ab")).containsExactly(10);
      assertThat(tokenizer.encode("a")).containsExactly(9);
      assertThat(tokenizer.encode("aab"))
          .as("ab before ▁a, and ▁aab is no piece")
          .containsExactly(9, 8);
      assertThat(tokenizer.encode("a b")).containsExactly(9, 5, 7);
      assertThat(tokenizer.encode("aä")).as("bytes").containsExactly(9, 3, 4);
      assertThat(tokenizer.encode("ac")).as("no bytes either").containsExactly(9, 0);
      assertThat(tokenizer.encodeStart("ab")).containsExactly(1, 10);
      for (String text : List.of("ab", "a b", " a", "aä b", "")) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
      }
    }
  }

  @Test
  void piecesWithoutScoresAreRefused() throws IOException {
    GgufModel model = model(PIECES.size() - 1);
    assertThatThrownBy(model::tokenizer)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("12 pieces and 11 scores");
  }
}
