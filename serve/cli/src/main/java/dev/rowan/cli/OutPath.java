package dev.rowan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the lines of a command go.
 *
 * @param path links are followed, so that they stay links
 * @param isFile whether it is or will be a file; else a pipe, a terminal or a device, which has no past
 */
record OutPath(Path path, boolean isFile) {

  /** Looks at the place and makes its folder. */
  static OutPath of(Path given) throws IOException {
    Path path = given.toAbsolutePath();
    if (!Files.exists(path)) {
      Optional<Path> folder = Optional.ofNullable(path.getParent());
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      return new OutPath(path, true);
    }
    if (Files.isDirectory(path)) {
      throw new UserException(Exit.OUTPUT, given + " is not a file: give another with --out");
    }
    return Files.isRegularFile(path) && !isStandardStream(path)
        ? new OutPath(path.toRealPath(), true)
        : new OutPath(path, false);
  }

  /** What {@code /dev/stdout} and its like are: links to whatever this process has open, a file perhaps. */
  private static boolean isStandardStream(Path path) throws IOException {
    return Files.isSymbolicLink(path)
        && (path.startsWith("/proc") || Files.readSymbolicLink(path).startsWith("/proc"));
  }

  /** Refuses a place where the file or one beside it, called the same with an ending, is what the command reads. */
  void mustSpare(Path input, List<String> endings) throws IOException {
    for (String ending : endings) {
      Path written = path.resolveSibling(path.getFileName() + ending);
      if (Files.exists(input) && Files.exists(written) && Files.isSameFile(input, written)) {
        throw new UserException(
            Exit.OUTPUT, "--out would overwrite the input " + input + ": give another");
      }
    }
  }
}
