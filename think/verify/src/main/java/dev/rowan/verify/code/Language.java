package dev.rowan.verify.code;

import dev.rowan.verify.sandbox.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A language whose programs each run in a sandbox of their own.
 *
 * @param names what a problem or a fence calls it, the first its proper name
 * @param file what the file of a program is called
 * @param run the command that runs the program {@code FILE}
 * @param check the command that fails where {@code FILE} does not compile; empty where {@code run} says so
 * @param hosts how its functions are called and its tests run
 * @param readable folders that the runtime needs besides {@code /usr}
 * @param limits what a program may take
 * @param start how long, beyond the limits, a program may take to start and be compiled
 * @param remedy how to get the runtime
 */
public record Language(
    List<String> names,
    String file,
    List<String> run,
    List<String> check,
    Hosts hosts,
    List<Path> readable,
    Limits limits,
    Duration start,
    String remedy) {

  /** The name of Python, which has warm sandboxes instead. */
  static final Set<String> PYTHON = Set.of("python", "python3", "py");

  private static final long GIB = 1L << 30;

  /**
   * Rowan's own programs that load an answer and tests, and talk in lines of JSON.
   *
   * @param resources what they are made of, beside this class
   * @param answer the command for an answer; {@code DIR} is where the resources are
   * @param tests the command for tests
   */
  public record Hosts(List<String> resources, List<String> answer, List<String> tests) {

    /** What the sandboxes get, by the names of files. */
    Map<String, byte[]> files() throws IOException {
      if (resources.getFirst().endsWith(".java.txt")) {
        return HostClasses.of(resources);
      }
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (String resource : resources) {
        files.put(resource, Script.bytes(resource));
      }
      return files;
    }

    /** Programs of a script language, which keep their talk apart from what the answer and the tests print. */
    static Hosts ofScripts(String ending, String... interpreter) {
      return new Hosts(
          List.of("talk." + ending, "answer." + ending, "tests." + ending),
          quiet(interpreter, "answer." + ending),
          quiet(interpreter, "tests." + ending));
    }

    private static List<String> quiet(String[] interpreter, String script) {
      return Stream.of(
              Stream.of("sh", "-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null", "sh"),
              Stream.of(interpreter),
              Stream.of("DIR/" + script))
          .flatMap(words -> words)
          .toList();
    }
  }

  private static final Language JAVASCRIPT = new Language(
      List.of("javascript", "js", "node", "nodejs"),
      "answer.js",
      List.of("node", "--max-old-space-size=256", "FILE"),
      List.of("node", "--check", "FILE"),
      Hosts.ofScripts("js", "node", "--max-old-space-size=256"),
      List.of(),
      Limits.DEFAULT.withMemory(2 * GIB),
      Duration.ZERO,
      "apt-get install nodejs");

  private static final Language PHP = new Language(
      List.of("php"),
      "answer.php",
      List.of("php", "-n", "-d", "memory_limit=256M", "-d", "display_errors=stderr", "FILE"),
      List.of("php", "-n", "-l", "FILE"),
      Hosts.ofScripts("php", "php", "-n", "-d", "memory_limit=256M", "-d", "display_errors=stderr"),
      List.of(),
      Limits.DEFAULT,
      Duration.ZERO,
      "apt-get install php-cli");

  private static final Language JAVA = new Language(
      List.of("java"),
      "Main.java",
      java("FILE"),
      List.of(),
      new Hosts(
          List.of(
              "Json.java.txt",
              "Values.java.txt",
              "Talk.java.txt",
              "Compiled.java.txt",
              "Answer.java.txt",
              "Stubs.java.txt",
              "Tests.java.txt"),
          java("-cp", "DIR", "Answer"),
          java("-cp", "DIR", "Tests")),
      List.of(Path.of(System.getProperty("java.home"))),
      Limits.DEFAULT.withMemory(4 * GIB),
      Duration.ofSeconds(10),
      "run Rowan on a JDK");

  private static List<String> java(String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xss64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:CompressedClassSpaceSize=64m"),
            Stream.of(arguments))
        .toList();
  }

  /** The language of that name. */
  static Optional<Language> of(String name) {
    return Stream.of(JAVASCRIPT, PHP, JAVA)
        .filter(one -> one.names().contains(name))
        .findFirst();
  }

  /** The proper names of all languages. */
  static String all() {
    return "python, javascript, php, java";
  }

  /** One of the commands, for this file. */
  static List<String> command(List<String> command, Path file) {
    return command.stream()
        .map(word -> word.equals("FILE") ? file.toString() : word)
        .toList();
  }
}
