package dev.rowan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {

  static Stream<String> commands() {
    return Main.commandLine(CommandRun.nobody(), new Terminal(false))
        .getSubcommands()
        .keySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamples(String command) {
    CommandRun run = CommandRun.of(CommandRun.nobody(), command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("Usage: rowan " + command)
        .contains("Examples:")
        .contains("rowan " + command);
  }

  @Test
  void rowanAloneListsTheCommands() {
    CommandRun run = CommandRun.of(CommandRun.nobody());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("solve").contains("eval").contains("Examples:");
    assertThat(CommandRun.of(CommandRun.nobody(), "--help").out()).isEqualTo(run.out());
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(CommandRun.of(CommandRun.nobody(), "--version").out())
        .containsPattern("rowan \\d+\\.\\d+\\.\\d+");
  }

  @Test
  void doctorSaysWhetherRowanCanWorkHere() {
    CommandRun run = CommandRun.of(CommandRun.nobody(), "doctor");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("JDK", "libtorch", "Rowan can work here.");
  }

  @Test
  void anUnknownCommandIsNamed() {
    CommandRun run = CommandRun.of(CommandRun.nobody(), "solv");
    assertThat(run.code()).isEqualTo(Exit.USAGE.code());
    assertThat(run.err()).contains("solv").hasLineCount(1);
  }

  @Test
  void exitCodesAreDistinctAndDocumented() {
    assertThat(CommandRun.of(CommandRun.nobody(), "--help").out())
        .contains(Arrays.stream(Exit.values()).map(exit -> exit.code() + " ").toList());
    assertThat(Arrays.stream(Exit.values()).map(Exit::code)).doesNotHaveDuplicates();
  }
}
