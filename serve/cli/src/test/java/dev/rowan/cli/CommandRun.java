package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/**
 * A command that ran in this process.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {

  /** Runs it with these policies. */
  static CommandRun of(Policies policies, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine rowan = Main.commandLine(policies, new Terminal(false))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
    int code = rowan.execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** Runs it against an endpoint that needs no key. */
  static CommandRun upstream(String url, String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--upstream", url, "--upstream-model", "tiny"));
    return of(nobody(), all.toArray(String[]::new));
  }

  /** No model, no key. */
  static Policies nobody() {
    return new Policies(new LocalModels(), name -> Optional.empty(), Path.of("nowhere"));
  }

  /** A model that answers the n-th question of a prompt with the n-th text, whatever folder is opened. */
  static Policies local(Path home, Map<String, List<String>> answers) {
    Policy policy = new Scripted(answers);
    PolicySource source = (folder, type) ->
        new OpenPolicy("scripted", policy, Optional.empty(), Wordings::endingItsLine, () -> {});
    return new Policies(source, name -> Optional.empty(), home);
  }

  /** Says for each question what the seed picks among its answers; charges a token a line. */
  private record Scripted(Map<String, List<String>> answers) implements Policy {

    @Override
    public Completion complete(
        Prefix prefix, Sampling sampling, Budget budget, TokenListener listener) {
      List<String> texts = answers.getOrDefault(prefix.problem().question(), List.of("#### 0"));
      String text = texts.get(Math.floorMod(sampling.seed(), texts.size()));
      List<Token> tokens = text.lines()
          .map(line -> new Token(Token.UNKNOWN_ID, line + "\n", -0.5))
          .toList();
      try (Budget.Charge charge = budget.charge(tokens.size(), 0)) {
        List<Token> granted = tokens.subList(0, (int) charge.tokens());
        granted.forEach(listener::onToken);
        Usage usage = new Usage(1, 5, granted.size(), 0);
        charge.settle(usage);
        Finish finish = granted.size() < tokens.size() ? Finish.BUDGET : Finish.END;
        return new Completion(granted, finish, usage);
      }
    }
  }
}
