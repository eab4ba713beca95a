package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text to ids and back. */
final class TokenizerTest {

  private static final String JSON = """
      {"version": "1.0",
       "added_tokens": [
         {"id": 0, "content": "<pad>", "special": true, "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false},
         {"id": 1, "content": "<eos>", "special": true, "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false}],
       "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "Sam| has |[0-9]|\\\\. |\\\\n"}, "behavior": "Isolated",
        "invert": false},
       "decoder": {"type": "Fuse"},
       "model": {"type": "WordLevel", "unk_token": "<unk>",
        "vocab": {"<pad>": 0, "<eos>": 1, "\\n": 2, "Sam": 3, " has ": 4, ". ": 5, "0": 6, "1": 7, "2": 8}}}
      """;

  @TempDir
  private Path folder;

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), JSON);
  }

  @Test
  void textComesBack() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(file())) {
      int[] ids = tokenizer.encode("Sam has 120. \n");
      assertThat(ids).containsExactly(3, 4, 7, 8, 6, 5, 2);
      assertThat(tokenizer.decode(ids)).isEqualTo("Sam has 120. \n");
      assertThat(tokenizer.encode("")).isEmpty();
      assertThat(tokenizer.decode()).isEmpty();
    }
  }

  @Test
  void specialTokensHaveNoTextAndStrangeIdsNeither() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(file())) {
      assertThat(tokenizer.encode("Sam<eos>")).containsExactly(3, 1);
      assertThat(tokenizer.decode(3, 1, 0, 999, -1)).isEqualTo("Sam");
    }
  }

  @Test
  void textOutsideTheVocabularyIsNamedInOneLine() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(file())) {
      assertThatThrownBy(() -> tokenizer.encode("Zoe has 7\nof " + "them".repeat(100)))
          .isInstanceOf(ModelException.class)
          .hasMessage("the vocabulary has no tokens for 'Zoe has 7'");
    }
  }

  @Test
  void manyThreadsShareOne() throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(file())) {
      List<String> texts = IntStream.range(0, 2000)
          .parallel()
          .mapToObj(i -> "Sam has " + Integer.toString(i % 243, 3) + ". ")
          .map(text -> tokenizer.decode(tokenizer.encode(text)))
          .toList();
      for (int i = 0; i < texts.size(); i++) {
        assertThat(texts.get(i)).isEqualTo("Sam has " + Integer.toString(i % 243, 3) + ". ");
      }
    }
  }

  @Test
  void whatIsNoTokenizerIsNamed() throws IOException {
    for (String json : List.of("", "{", "{}", "[]", "{\"model\": {\"type\": \"None\"}}")) {
      Path broken = Files.writeString(folder.resolve("broken.json"), json);
      assertThatThrownBy(() -> Tokenizer.open(broken))
          .isInstanceOf(ModelException.class)
          .hasMessage(broken + " is not a tokenizer: fetch the model again");
    }
    assertThatThrownBy(() -> Tokenizer.open(folder.resolve("none")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> Tokenizer.open(folder)).isInstanceOf(ModelException.class);
  }

  @Test
  void opensWithoutTheNetwork() throws IOException {
    Tokenizer.open(file()).close();
    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
  }
}
