package dev.rowan.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code rowan verify}: whether an answer, or each of a file of answers, is right. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Check an answer, or a JSONL file of answers, by a kind of check.")
final class Verify implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description =
          "Answers as JSONL, or - for standard input; each line is written back with verdict, "
              + "reason, extracted, ms.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the lines of FILE here. While it is written, the file has the ending .part; what "
              + "was broken off leaves whole lines there, and the next run starts anew.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--kind", paramLabel = "KIND", description = "Check one answer by this kind.")
  private Optional<String> kind = Optional.empty();

  @Option(names = "--gold", paramLabel = "TEXT", description = "What the answer should be.")
  private Optional<String> gold = Optional.empty();

  @Option(names = "--answer", paramLabel = "TEXT", description = "The answer, whole.")
  private Optional<String> answer = Optional.empty();

  @Option(
      names = "--column",
      paramLabel = "NAME=TEXT",
      description = "Another column that the kind reads.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Mixin
  private final CodeKind code = new CodeKind();

  @Mixin
  private final LeanKind lean = new LeanKind(code);

  @Mixin
  private final JudgeKind judge;

  private CommandSpec spec = CommandSpec.create(); // replaced by the real one
  private final Terminal terminal;
  private final Map<String, VerifyKind> kinds = new LinkedHashMap<>();

  Verify(Policies policies, Terminal terminal) {
    this.terminal = terminal;
    this.judge = new JudgeKind(policies);
    for (VerifyKind each : kinds()) {
      kinds.put(each.name(), each);
    }
    kinds.put(code.name(), code);
    kinds.put(lean.name(), lean);
    kinds.put(judge.name(), judge);
    VerifyKind preference = new PreferenceKind(policies, judge.options());
    kinds.put(preference.name(), preference);
  }

  /** All kinds; one with options of its own is a field with {@code @Mixin}. */
  private static List<VerifyKind> kinds() {
    return List.copyOf(GoldKinds.all());
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    List<String> footer = new ArrayList<>(List.of("", "Kinds, and the columns of their lines:"));
    for (VerifyKind each : kinds.values()) {
      footer.add("  " + each.name());
      each.help().lines().forEach(line -> footer.add("      " + line));
    }
    footer.addAll(List.of(
        "",
        "One answer: the exit code is 0 if it is correct, 1 if it is incorrect, 2 if",
        "nobody can tell. A file: 0, or 12 if some lines cannot be read.",
        "",
        "Examples:",
        "  rowan verify --kind math --gold '\\frac12' --answer 'The answer is \\boxed{0.5}'",
        "  rowan verify answers.jsonl --out verdicts.jsonl",
        "  rowan verify essays.jsonl --judges 3 --budget-tokens 50000 \\",
        "    --upstream http://localhost:11434/v1 --upstream-model qwen3"));
    spec.usageMessage().footer(footer.toArray(String[]::new));
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    kinds.values().forEach(VerifyKind::checkOptions);
    try {
      return file.isPresent() ? checkFile(file.get()) : checkOne();
    } finally {
      kinds.values().forEach(VerifyKind::close);
    }
  }

  private int checkOne() throws InterruptedException {
    if (kind.isEmpty() || answer.isEmpty()) {
      throw new UserException(
          Exit.USAGE, "nothing to check: give a JSONL file, or --kind, --gold and --answer");
    }
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    columns.forEach(line::put);
    line.put("kind", kind.get());
    line.put("answer", answer.get());
    gold.ifPresent(text -> line.put("gold", text));
    VerifyResult result;
    try {
      VerifyLine read = new VerifyLine(line);
      result = VerifyFile.check(VerifyFile.kind(kinds, read), read);
    } catch (IllegalArgumentException e) {
      throw new UserException(Exit.USAGE, "the answer cannot be checked: " + e.getMessage(), e);
    } catch (VerifyLine.BadColumnException e) {
      throw new UserException(
          Exit.USAGE, "the answer " + e.getMessage() + " (see 'rowan verify --help')", e);
    }
    print(result);
    return switch (result.word()) {
      case "correct" -> 0;
      case "incorrect" -> 1;
      default -> 2;
    };
  }

  private void print(VerifyResult result) {
    PrintWriter to = spec.commandLine().getOut();
    to.println("verdict    " + result.word());
    result
        .extracted()
        .ifPresent(found -> to.println("extracted  " + found.text() + "  (characters "
            + found.start() + " to " + found.end() + ")"));
    to.println("reason     " + result.reason());
    costs("cost       ", to);
    written(to);
  }

  /** Writers keep their failures to themselves, and the stream below too; nothing is to be lost without a word. */
  private static void written(PrintWriter to) {
    if (to.checkError() || System.out.checkError()) {
      throw new UserException(
          Exit.OUTPUT,
          isClosed()
              ? "standard output was closed: the rest is not checked"
              : "cannot write to standard output: make room or give a file with --out");
    }
  }

  /** Whether whoever read standard output has gone, as {@code head} does; only a write of one's own says why. */
  private static boolean isClosed() {
    try (FileOutputStream raw = new FileOutputStream(FileDescriptor.out)) {
      raw.write('\n');
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("Broken pipe");
    }
  }

  private void costs(String title, PrintWriter to) {
    kinds.values().stream()
        .flatMap(each -> each.cost().stream())
        .forEach(cost -> to.println(title + cost));
  }

  private int checkFile(Path from) throws InterruptedException, IOException {
    VerifyFile work = new VerifyFile(from, kinds);
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter results = spec.commandLine().getOut();
    VerifySummary summary = new VerifySummary();
    OptionalLong lines = work.lines();
    if (lines.isPresent() && lines.getAsLong() == 0) {
      throw empty(from);
    }
    try (LineFile kept = LineFile.start(out, from);
        Progress progress = lines.isPresent()
            ? terminal.progress(err, "verify", lines.getAsLong())
            : new Progress.Silent()) {
      work.run(Runtime.getRuntime().availableProcessors(), result -> {
        summary.add(result);
        if (out.isPresent()) {
          kept.write(result.json());
        } else {
          results.println(result.json());
          written(results);
        }
        progress.step(summary.correct() + " correct");
      });
      if (summary.isEmpty()) {
        throw empty(from);
      }
      kept.finish();
    }
    PrintWriter to = out.isPresent() ? results : err;
    summary.lines().forEach(to::println);
    costs("cost      ", to);
    to.flush();
    return (summary.allReadable() ? Exit.OK : Exit.BAD_LINES).code();
  }

  private static UserException empty(Path from) {
    return new UserException(Exit.PROBLEMS, from + " holds no answers: give one on each line");
  }
}
