package dev.rowan.cli;

import dev.rowan.berry.BerryPlan;
import dev.rowan.berry.BerryRun;
import dev.rowan.berry.nano.NanoBuild;
import dev.rowan.berry.nano.NanoRecipe;
import dev.rowan.berry.report.Summary;
import dev.rowan.model.ModelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rowan quickstart}: the whole loop on the shipped nano model, and a report. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description =
        "Watch a small model get better at reasoning: roll out, verify, prune, train, evaluate; then a report.",
    footer = {
      "",
      "A run that was stopped goes on where it was when the same command is",
      "given again. Nothing but the folder DIR is written.",
      "",
      "Examples:",
      "  rowan quickstart",
      "  rowan quickstart --out runs/second --seed 2 --minutes 5"
    })
final class Quickstart implements Callable<Integer> {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/quickstart",
      description = "Where the run goes. Default: runs/quickstart.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides everything. Default: 1.")
  private long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "About how long it takes on two cores. Default: 10.")
  private double minutes;

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;
  private final Terminal terminal;

  Quickstart(Policies policies, Terminal terminal) {
    this.policies = policies;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    BerryPlan plan = ModelOptions.checked(() -> BerryPlan.forMinutes(minutes, seed));
    Path model = shipped();
    Summary summary;
    try (Stages stages = new Stages(terminal, spec.commandLine().getErr())) {
      summary = new BerryRun(
              new ModelFolder(model),
              new ModelFolder(model.resolve(NanoBuild.JUDGE)),
              out,
              plan,
              NanoRecipe.MAX_TOKENS,
              stages)
          .run();
    } catch (IOException e) {
      throw unwritable(out, e);
    }
    print(summary, spec.commandLine().getOut());
    return Exit.OK.code();
  }

  /** The folder of the shipped policy, with its reward model inside. */
  private Path shipped() {
    Path model = policies.home().resolve(Policies.SHIPPED);
    for (Path folder : List.of(model, model.resolve(NanoBuild.JUDGE))) {
      if (!Files.isRegularFile(folder.resolve("config.json"))) {
        throw new UserException(
            Exit.MODEL,
            "no model in " + folder + " (no config.json): make it with 'rowan nano --out " + model
                + "'");
      }
    }
    return model;
  }

  static UserException unwritable(Path out, IOException e) {
    return new UserException(
        Exit.OUTPUT,
        "cannot write in " + out + " (" + e + "): choose another folder with --out, or make room",
        e);
  }

  private void print(Summary summary, PrintWriter to) {
    to.printf(
        Locale.ROOT,
        "pass@1 %.3f -> %.3f, greedy %.3f -> %.3f on %d held-out problems; %d roll-outs, %.1f minutes%n",
        summary.passAt1().before(),
        summary.passAt1().after(),
        summary.greedy().before(),
        summary.greedy().after(),
        summary.heldOut().problems(),
        summary.cost().rollouts(),
        summary.seconds() / 60);
    to.println("report:  " + out.resolve("report.html").toAbsolutePath());
    to.println("figures: " + out.resolve("summary.json").toAbsolutePath());
    to.println("model:   " + out.resolve("model").toAbsolutePath());
  }
}
