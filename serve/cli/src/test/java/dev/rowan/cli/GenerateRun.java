package dev.rowan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs {@code rowan generate} with a tiny model.
 *
 * @param folder where all files are
 * @param model the model
 */
record GenerateRun(Path folder, Path model) {

  /** With a model that it writes there. */
  static GenerateRun withModel(Path folder) throws IOException {
    return new GenerateRun(folder, TinyChatModel.write(folder.resolve("model")));
  }

  CommandRun run(String prompts, String out, String... options) throws IOException {
    return to(prompts, folder.resolve(out), options);
  }

  CommandRun to(String prompts, Path out, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("prompts.jsonl"), prompts);
    return of(file, out, options);
  }

  CommandRun of(Path prompts, Path out, String... options) {
    List<String> args = new ArrayList<>(List.of(
        "generate",
        "--model",
        model.toString(),
        "--prompts",
        prompts.toString(),
        "--out",
        out.toString()));
    if (!Arrays.asList(options).contains("--max-tokens")) {
      args.addAll(List.of("--max-tokens", "8"));
    }
    args.addAll(Arrays.asList(options));
    return CommandRun.of(
        new Policies(new LocalModels(), name -> Optional.empty(), folder),
        args.toArray(String[]::new));
  }
}
