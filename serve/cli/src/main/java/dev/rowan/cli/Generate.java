package dev.rowan.cli;

import dev.rowan.core.Sampling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "The same command goes on with a run that was broken off and gives what an unbroken one",
      "gives. FILE.settings.json says what the run was begun with: other settings are refused,",
      "and so is a FILE that is not the beginning of what this run writes. Prompts may be",
      "added at the end. A pipe or a device, such as /dev/stdout, is written and not looked at.",
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
    Precision exact = drawn.temperature() == 0 ? Precision.fp32 : Precision.auto;
    Precision type = precision.orElse(exact);
    Path path = policies.locate(model);
    PrintWriter err = spec.commandLine().getErr();
    OutPath place = place();
    Batch batch = new Batch(PromptLine.read(prompts), samples);
    try (CompletionFile file =
        CompletionFile.open(place, batch, settings(path, drawn, type), err)) {
      long todo = batch.size() - file.present();
      if (todo > 0) {
        try (LocalModel open = LocalModel.open(path, type.type());
            Progress progress = terminal.progress(err, "generate", todo)) {
          new Completions(open, drawn).run(batch, file, progress);
        }
      }
      return (file.errors() > 0 ? Exit.BAD_LINES : Exit.OK).code();
    }
  }

  private OutPath place() {
    try {
      OutPath place = OutPath.of(out);
      place.mustSpare(prompts, List.of("", RunSettings.ENDING));
      return place;
    } catch (IOException e) {
      throw LineFile.cannotWrite(out, e);
    }
  }

  private RunSettings settings(Path path, Sampling drawn, Precision type) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("model", path.toAbsolutePath().normalize().toString());
    options.put("dtype", type.name());
    options.put("temperature", Double.toString(drawn.temperature()));
    options.put("top-k", Integer.toString(drawn.topK()));
    options.put("top-p", Double.toString(drawn.topP()));
    options.put("max-tokens", Integer.toString(drawn.maxTokens()));
    options.put("seed", Long.toString(drawn.seed()));
    options.put("samples", Integer.toString(samples));
    return new RunSettings(options);
  }
}
