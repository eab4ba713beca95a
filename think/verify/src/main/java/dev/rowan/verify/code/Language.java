package dev.rowan.verify.code;

import dev.rowan.verify.sandbox.Limits;
import java.nio.file.Path;
import java.util.List;
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
 * @param calls the resource, called with {@code FILE}, that calls a function of it; empty if there is none
 * @param readable folders that the runtime needs besides {@code /usr}
 * @param limits what a program may take
 * @param remedy how to get the runtime
 */
public record Language(
    List<String> names,
    String file,
    List<String> run,
    List<String> check,
    String calls,
    List<Path> readable,
    Limits limits,
    String remedy) {

  /** The name of Python, which has warm sandboxes instead. */
  static final Set<String> PYTHON = Set.of("python", "python3", "py");

  private static final long GIB = 1L << 30;

  private static final Language JAVASCRIPT = new Language(
      List.of("javascript", "js", "node", "nodejs"),
      "answer.js",
      List.of("node", "--max-old-space-size=256", "FILE"),
      List.of("node", "--check", "FILE"),
      "calls.js",
      List.of(),
      Limits.DEFAULT.withMemory(2 * GIB),
      "apt-get install nodejs");

  private static final Language PHP = new Language(
      List.of("php"),
      "answer.php",
      List.of("php", "-n", "-d", "memory_limit=256M", "-d", "display_errors=stderr", "FILE"),
      List.of("php", "-n", "-l", "FILE"),
      "calls.php",
      List.of(),
      Limits.DEFAULT,
      "apt-get install php-cli");

  private static final Language JAVA = new Language(
      List.of("java"),
      "Main.java",
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx256m",
          "-Xss64m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:CompressedClassSpaceSize=64m",
          "FILE"),
      List.of(),
      "",
      List.of(Path.of(System.getProperty("java.home"))),
      Limits.DEFAULT.withMemory(4 * GIB),
      "run Rowan on a JDK");

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
  static List<String> command(List<String> command, Path file, String... before) {
    return command.stream()
        .flatMap(word -> word.equals("FILE")
            ? Stream.concat(Stream.of(before), Stream.of(file.toString()))
            : Stream.of(word))
        .toList();
  }
}
