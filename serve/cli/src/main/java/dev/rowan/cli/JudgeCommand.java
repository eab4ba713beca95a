package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import dev.rowan.verify.judge.Calibration;
import dev.rowan.verify.judge.Calibration.Labelled;
import dev.rowan.verify.judge.Chorus;
import dev.rowan.verify.judge.JudgeVerifier;
import dev.rowan.verify.judge.PolicyJudge;
import dev.rowan.verify.judge.Preference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rowan judge}: how far models that judge can be trusted. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "How far models that judge can be trusted.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  rowan judge calibrate labelled.jsonl --model judge.gguf"})
final class JudgeCommand implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  /** The command with its parts. */
  static CommandLine line(Policies policies, Terminal terminal) {
    return new CommandLine(new JudgeCommand()).addSubcommand(new Calibrate(policies, terminal));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code rowan judge calibrate}. */
  @Command(
      name = "calibrate",
      mixinStandardHelpOptions = true,
      description = "Compare a judge with labels: agreement, Cohen's kappa, false passes.",
      footer = {
        "",
        "Each line is {\"problem\", \"answer\", \"label\"}; the label is true or false. Answers that say",
        "nothing are tried too, on the first problem. With --swaps, answers to the same problem on",
        "lines next to each other are compared in both orders.",
        "",
        "Examples:",
        "  rowan judge calibrate labelled.jsonl --rubric \"It is a haiku.\" --judges 3 --swaps \\",
        "    --upstream http://localhost:11434/v1 --upstream-model qwen3 --budget-tokens 100000"
      })
  static final class Calibrate implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Labelled answers as JSONL.")
    private Path file = Path.of("");

    @Option(
        names = "--rubric",
        paramLabel = "TEXT",
        description = "What an answer must meet. Default: that of code which cannot be run.")
    private Optional<String> rubric = Optional.empty();

    @Option(names = "--swaps", description = "Also ask for preferences, in both orders.")
    private boolean swaps;

    @Mixin
    private final JudgeOptions options = new JudgeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create(); // replaced by the real one

    private final Policies policies;
    private final Terminal terminal;

    Calibrate(Policies policies, Terminal terminal) {
      this.policies = policies;
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
      options.check();
      options.nobody().ifPresent(why -> {
        throw new UserException(Exit.USAGE, why);
      });
      List<Labelled> labelled = read();
      String words = rubric.orElse(PolicyJudge.CODE_RUBRIC);
      long questions = (long) labelled.size() + Calibration.EMPTY_ANSWERS.size();
      try (options;
          Progress progress = terminal.progress(spec.commandLine().getErr(), "judge", questions)) {
        Chorus chorus = options.chorus(
            policies, (policy, sampling) -> new PolicyJudge(policy, words, sampling));
        Verifier judge = new JudgeVerifier(List.of(), chorus, options.budget());
        Map<String, Integer> causes = new TreeMap<>();
        Calibration report = Calibration.of(
            (problem, answer) -> {
              Verdict verdict = judge.verify(problem, answer);
              synchronized (causes) {
                progress.step("");
                if (verdict instanceof Verdict.Unverifiable(String cause)) {
                  causes.merge(cause, 1, Integer::sum);
                }
              }
              return verdict;
            },
            labelled);
        print(report, causes, labelled, words);
      }
      return Exit.OK.code();
    }

    /** What is known is said even if the comparisons fail. */
    private void print(
        Calibration report, Map<String, Integer> causes, List<Labelled> labelled, String words)
        throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      Calibration known = report;
      try {
        known = swaps ? report.withSwaps(preferences(words), labelled, options.budget()) : report;
      } finally {
        out.println(known.text());
        causes.forEach((cause, count) -> out.println("undecided         " + count + " x " + cause));
        options.cost().ifPresent(cost -> out.println("cost              " + cost));
        out.flush();
      }
    }

    private List<Preference> preferences(String words) {
      return options.policies(policies).stream()
          .map(policy -> new Preference(policy, words, JudgeOptions.once()))
          .toList();
    }

    private List<Labelled> read() {
      List<Labelled> labelled = new ArrayList<>();
      int number = 0;
      try {
        for (String line : Files.readAllLines(file)) {
          number++;
          if (!line.isBlank()) {
            labelled.add(labelled(VerifyLine.read(line)));
          }
        }
      } catch (VerifyLine.BadColumnException e) {
        throw new UserException(Exit.PROBLEMS, file + ": line " + number + " " + e.getMessage(), e);
      } catch (IOException e) {
        throw new UserException(
            Exit.PROBLEMS, "cannot read " + file + ": give a JSONL file in UTF-8", e);
      }
      if (labelled.isEmpty()) {
        throw new UserException(Exit.PROBLEMS, file + " holds no answers: give labelled ones");
      }
      return labelled;
    }

    private static Labelled labelled(VerifyLine line) {
      boolean right =
          switch (line.text("label").toLowerCase(Locale.ROOT)) {
            case "true", "1", "correct", "pass" -> true;
            case "false", "0", "incorrect", "fail" -> false;
            default ->
              throw new VerifyLine.BadColumnException(
                  "has the label '" + line.text("label") + "': write true or false");
          };
      Problem problem = Problem.of("labelled", line.text("problem"), new Reference.None());
      return new Labelled(problem, new Answer(line.text("answer")), right);
    }
  }
}
