package dev.rowan.cli;

import dev.rowan.core.Sampling;
import dev.rowan.tensor.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rowan generate}: a file of prompts in, a file of completions out. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description =
        "Continue every prompt of a file; a run that was broken off goes on where it was.",
    footer = {
      "",
      "Each line of the prompts is {\"id\", \"prompt\"}, a text to continue as it stands, or",
      "{\"id\", \"messages\": [{\"role\", \"content\"}, ...]}, a chat to answer. Each line of the",
      "completions is that line with \"completion\", \"finish\" (\"stop\" or \"length\") and \"usage\",",
      "in the same order; \"sample\" counts where there are several. Lines that cannot be used",
      "come out with \"error\". At temperature 0 the model runs in fp32, else in what is fastest.",
      "",
      "Examples:",
      "  rowan generate --model smollm2 --prompts prompts.jsonl --out completions.jsonl",
      "  rowan generate --model smollm2 --prompts p.jsonl --out c.jsonl \\",
      "    --temperature 1 --samples 8 --max-tokens 400 --seed 7"
    })
final class Generate implements Callable<Integer> {

  @Option(
      names = "--model",
      paramLabel = "M",
      description =
          "A pulled model's name, a model folder or a GGUF file. Default: the shipped nano model.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      required = true,
      description = "Prompts as JSONL.")
  private Path prompts = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Completions as JSONL.")
  private Path out = Path.of("");

  @Mixin
  private SamplingOptions sampling = new SamplingOptions(0, 40, 1);

  @Option(
      names = "--samples",
      paramLabel = "K",
      defaultValue = "1",
      description = "Completions of each prompt. Default: 1.")
  private int samples;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = Precision.HELP + " Default: fp32 at temperature 0, else auto.")
  private Optional<Precision> precision = Optional.empty();

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;
  private final Terminal terminal;

  Generate(Policies policies, Terminal terminal) {
    this.policies = policies;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (samples < 1) {
      throw new UserException(Exit.USAGE, "--samples is " + samples + ": choose 1 or more");
    }
    Sampling drawn = sampling.sampling();
    List<PromptLine> lines = PromptLine.read(prompts);
    Path path = policies.locate(model);
    try (CompletionFile file = CompletionFile.open(out)) {
      long todo = (long) lines.size() * samples - file.present();
      if (todo > 0) {
        try (LocalModel open = LocalModel.open(path, dtype(drawn));
            Progress progress = terminal.progress(spec.commandLine().getErr(), "generate", todo)) {
          new Completions(open, drawn, samples).run(lines, file, progress);
        }
      }
      return (file.errors() > 0 ? Exit.BAD_LINES : Exit.OK).code();
    }
  }

  private Optional<DType> dtype(Sampling drawn) {
    Precision exact = drawn.temperature() == 0 ? Precision.fp32 : Precision.auto;
    return precision.orElse(exact).type();
  }
}
