package dev.rowan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProblemReaderTest {

  private final ProblemReader reader = new ProblemReader();

  private List<ProblemReader.Line> read(String... lines) {
    return reader.read(Stream.of(lines)).toList();
  }

  private Problem one(String line) {
    return switch (read(line).getFirst()) {
      case ProblemReader.Line.Read(int _, Problem problem) -> problem;
      case ProblemReader.Line.Bad bad -> throw new AssertionError(bad);
    };
  }

  @Test
  void readsQuestionsWithIdAndAnswer() {
    Problem problem = one("{\"id\": \"a7\", \"question\": \"6 times 7?\", \"answer\": \" 42 \"}");
    assertThat(problem).isEqualTo(Problem.of("a7", "6 times 7?", new Reference.FinalAnswer("42")));
    assertThat(one("{\"id\": 7, \"question\": \"6 times 7?\", \"answer\": 42.5}"))
        .isEqualTo(Problem.of("7", "6 times 7?", new Reference.FinalAnswer("42.5")));
    assertThat(one("{\"question\": \"Why?\"}"))
        .isEqualTo(Problem.of("line-1", "Why?", new Reference.None()));
  }

  @Test
  void readsGsm8k() {
    Problem problem =
        one("{\"question\": \"How many?\", \"answer\": \"48/2 = <<48/2=24>>24\\n#### 1,024\"}");
    assertThat(problem.reference()).isEqualTo(new Reference.FinalAnswer("1,024"));
    assertThat(problem.tags())
        .containsEntry(ProblemReader.SOLUTION, "48/2 = <<48/2=24>>24\n#### 1,024");
  }

  @Test
  void reportsBadLinesAndGoesOn() {
    List<ProblemReader.Line> lines = read(
        "\uFEFF{\"id\": \"a\", \"question\": \"One?\"}",
        "{\"id\": \"b\", \"question\": ",
        "",
        "[1, 2]",
        "{\"id\": \"c\", \"answer\": \"4\"}",
        "{\"id\": \"d\", \"question\": \"  \"}",
        "{\"id\": \"e\", \"question\": \"Two?\", \"answer\": [4]}",
        "{\"id\": \"a\", \"question\": \"Three?\"}",
        "{\"id\": \"f\", \"question\": \"Four?\"} trailing",
        "{\"id\": \"g\", \"question\": \"Five?\"}");
    assertThat(lines)
        .extracting(ProblemReader.Line::number)
        .containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 10);
    assertThat(lines)
        .filteredOn(line -> line instanceof ProblemReader.Line.Read)
        .extracting(ProblemReader.Line::number)
        .containsExactly(1, 10);
    assertThat(lines).allSatisfy(line -> {
      if (line instanceof ProblemReader.Line.Bad bad) {
        assertThat(bad.reason()).isNotBlank().doesNotContain("\n");
      }
    });
    assertThat(lines.get(1)).asString().contains("is not JSON");
    assertThat(lines.get(6)).asString().contains("the id 'a' of line 1");
  }

  @Test
  void readsFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("problems.jsonl");
    Files.writeString(file, "{\"question\": \"Größe?\", \"answer\": \"4\"}\nnonsense\n");
    try (Stream<ProblemReader.Line> lines = reader.read(file)) {
      assertThat(lines).hasSize(2).first().asString().contains("Größe?");
    }
    assertThatThrownBy(() -> reader.read(folder.resolve("none.jsonl")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
