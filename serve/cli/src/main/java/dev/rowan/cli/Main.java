package dev.rowan.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rowan}: the list of commands, and what becomes of their errors. */
@Command(
    name = "rowan",
    description = "The whole recipe behind o1-style reasoning models.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  rowan quickstart",
      "  rowan solve \"Use 6, 19, 1 to make 14.\" --strategy vote --samples 32",
      "  rowan eval --problems gsm8k.jsonl --limit 50 \\",
      "    --upstream http://localhost:11434/v1 --upstream-model qwen3",
      "  rowan pull Qwen/Qwen2.5-0.5B-Instruct",
      "  rowan COMMAND --help"
    })
public final class Main implements Runnable {

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and what goes on inside.")
  private boolean verbose;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofThisThread();
    int code = commandLine(Policies.ofThisMachine(), Terminal.ofThisProcess()).execute(args);
    interruption.over();
    System.exit(code);
  }

  /** The commands, writing with these policies. */
  static CommandLine commandLine(Policies policies, Terminal terminal) {
    Main main = new Main();
    CommandLine rowan = new CommandLine(main);
    commands(policies, terminal).forEach(rowan::addSubcommand);
    rowan
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    return rowan
        .setExecutionStrategy(main::execute)
        .setExecutionExceptionHandler(main::report)
        .setParameterExceptionHandler(Main::reportUsage)
        .setUsageHelpAutoWidth(true);
  }

  private static List<Object> commands(Policies policies, Terminal terminal) {
    return List.of(
        new Quickstart(policies, terminal),
        new Solve(policies, terminal),
        new Eval(policies, terminal),
        new Chat(policies, new InputStreamReader(System.in, Charset.defaultCharset())),
        new Generate(policies, terminal),
        new PullModel(policies, terminal),
        new KeptModels(policies),
        new Verify(policies, terminal),
        new Nano(terminal),
        JudgeCommand.line(policies, terminal),
        LeanCommand.line(terminal, policies.environment()),
        new Doctor());
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (Exit exit : Exit.values()) {
      codes.put(Integer.toString(exit.code()), exit.meaning());
    }
    return codes;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private int execute(ParseResult parsed) {
    if (verbose && LoggerFactory.getLogger("dev.rowan") instanceof Logger logger) {
      logger.setLevel(Level.DEBUG);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private int report(Throwable thrown, CommandLine command, ParseResult parsed) {
    Failure failure = Failure.of(thrown);
    PrintWriter err = command.getErr();
    err.println("rowan: " + failure.message());
    if (verbose) {
      thrown.printStackTrace(err);
    }
    err.flush();
    return failure.exit().code();
  }

  private static int reportUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String remedy = "see '" + command.getCommandSpec().qualifiedName() + " --help'";
    command
        .getErr()
        .println("rowan: " + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ") + ": "
            + remedy);
    command.getErr().flush();
    return Exit.USAGE.code();
  }
}
