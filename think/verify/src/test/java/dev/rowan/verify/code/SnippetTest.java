package dev.rowan.verify.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class SnippetTest {

  private static final Set<String> PYTHON = Set.of("python", "py");

  private static String code(String answer, String entryPoint) {
    Snippet snippet = Snippet.of(answer, PYTHON, entryPoint);
    assertThat(answer.substring(snippet.start(), snippet.end())).isEqualTo(snippet.code());
    return snippet.code();
  }

  @Test
  void theLastBlockThatDefinesTheEntryPointCounts() {
    String answer = "First:\n```python\ndef f(): 1\n```\nBetter:\n```py\ndef f(): 2\n```\nUse:\n"
        + "```python\nprint(f())\n```";

    assertThat(code(answer, "f")).isEqualTo("def f(): 2\n");
    assertThat(code(answer, "")).isEqualTo("print(f())\n");
    assertThat(code(answer, "g")).isEqualTo("print(f())\n");
  }

  @Test
  void blocksOfTheLanguageComeBeforeOthers() {
    assertThat(code("```python\na\n```\n```text\nb\n```", "")).isEqualTo("a\n");
    assertThat(code("```\na\n```\n~~~bash\nb\n~~~", "")).isEqualTo("b\n");
  }

  @Test
  void aBlockThatBreaksOffGoesToTheEnd() {
    assertThat(code("So:\n```python\nx = 1\ny =", "")).isEqualTo("x = 1\ny =");
  }

  @Test
  void withoutABlockTheWholeAnswerCountsWithItsIndentation() {
    assertThat(code("\n\n    return 1\n", "f")).isEqualTo("    return 1\n");
    assertThat(code("<think>\n```python\nx\n```\n</think>\ny", "")).isEqualTo("y");
    assertThat(code("", "")).isEmpty();
  }

  @Test
  void longAnswersAreRead() {
    String many = "```\n" + "x = 1\n".repeat(200_000);

    assertThat(code(many, "f")).hasSize(many.length() - 4);
  }
}
