package dev.rowan.cli;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.ModelException;
import dev.rowan.model.store.ModelStore;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rowan models}: what was pulled. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "List the models that are kept on this machine.",
    footer = {
      "",
      "They are kept under ROWAN_HOME, or ~/.cache/rowan. To remove one, delete its folder.",
      "",
      "Examples:",
      "  rowan models",
      "  ROWAN_HOME=/data/rowan rowan models"
    })
final class KeptModels implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;

  KeptModels(Policies policies) {
    this.policies = policies;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<ModelStore.Kept> all = policies.store().list();
    if (all.isEmpty()) {
      out.println("none yet in " + policies.store().root() + ": 'rowan pull' fetches one");
    }
    int width = all.stream().mapToInt(kept -> kept.name().length()).max().orElse(0);
    for (ModelStore.Kept kept : all) {
      out.printf(
          Locale.ROOT,
          "%-" + width + "s  %8.1f MB  %s%n",
          kept.name(),
          kept.bytes() / 1e6,
          what(kept));
    }
    out.flush();
    return Exit.OK.code();
  }

  private static String what(ModelStore.Kept kept) {
    try {
      LlamaConfig config = ModelStore.files(kept.path()).config();
      return config.variant().family().modelType() + ", " + config.layers() + " layers, context "
          + config.maxPositions() + ", " + kept.path();
    } catch (ModelException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
