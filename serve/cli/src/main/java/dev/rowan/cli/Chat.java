package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Message;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.TokenListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rowan chat}: a conversation, line by line. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Talk with a model: each line is a message; /new starts over, /bye ends.",
    footer = {
      "",
      "Examples:",
      "  rowan chat --model smollm2 --temperature 0.7",
      "  rowan chat --upstream http://localhost:11434/v1 --upstream-model qwen3"
    })
final class Chat implements Callable<Integer> {

  private static final String NEW = "/new";
  private static final String BYE = "/bye";

  @Mixin
  private ModelOptions model = new ModelOptions();

  @Mixin
  private SamplingOptions sampling = new SamplingOptions();

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  private final Policies policies;
  private final Reader in;

  Chat(Policies policies, Reader in) {
    this.policies = policies;
    this.in = in;
  }

  @Override
  public Integer call() throws InterruptedException {
    Sampling how = sampling.sampling();
    PrintWriter out = spec.commandLine().getOut();
    try (OpenPolicy open = model.openForChat(policies)) {
      Policy policy = new StreamedPolicy(open.policy(), out);
      BufferedReader lines = new BufferedReader(in);
      List<Message> chat = new ArrayList<>();
      int turn = 0;
      for (Optional<String> line = ask(lines, out); line.isPresent(); line = ask(lines, out)) {
        if (line.get().equals(NEW)) {
          chat.clear();
        } else if (!line.get().isBlank()) {
          chat.add(Message.user(line.get()));
          Sampling own = how.withSeed(Seeds.derive(how.seed(), turn++));
          answer(policy, open, chat, own, out);
        }
      }
    }
    return Exit.OK.code();
  }

  /** The next line that is not the end. */
  private static Optional<String> ask(BufferedReader lines, PrintWriter out) {
    out.print("> ");
    out.flush();
    try {
      return Optional.ofNullable(lines.readLine()).filter(line -> !line.strip().equals(BYE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(
      Policy policy, OpenPolicy open, List<Message> chat, Sampling how, PrintWriter out)
      throws InterruptedException {
    Problem problem =
        open.wording().apply(new Problem("chat", chat, new Reference.None(), Map.of()));
    try {
      Completion completion =
          policy.complete(Prefix.of(problem), how, Budget.unlimited(), TokenListener.NONE);
      chat.add(new Message(Message.Role.ASSISTANT, completion.text()));
    } catch (PolicyException e) {
      chat.removeLast();
      out.print(e.getMessage() + " (" + NEW + " starts over)");
    }
    out.println();
  }
}
