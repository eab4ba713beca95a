package dev.rowan.cli;

import dev.rowan.berry.nano.NanoBuild;
import dev.rowan.berry.nano.NanoRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rowan nano}: rebuilds the shipped models from nothing. */
@Command(
    name = "nano",
    mixinStandardHelpOptions = true,
    description =
        "Rebuild the shipped nano models from nothing: tokenizer, policy, process reward model.",
    footer = {
      "",
      "The same seed on the same kind of machine gives the same bytes.",
      "",
      "Examples:",
      "  rowan nano --out models/my-nano",
      "  rowan nano --out models/my-nano --seed 7"
    })
final class Nano implements Callable<Integer> {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the models go.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides everything. Default: 1.")
  private long seed;

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Terminal terminal;

  Nano(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Stages stages = new Stages(terminal, spec.commandLine().getErr())) {
      new NanoBuild(NanoRecipe.shipped()).run(out, seed, stages);
    } catch (IOException e) {
      throw Quickstart.unwritable(out, e);
    }
    spec.commandLine().getOut().println("models: " + out + " and " + out.resolve(NanoBuild.JUDGE));
    return Exit.OK.code();
  }
}
