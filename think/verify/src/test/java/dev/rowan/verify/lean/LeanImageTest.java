package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the memory that a process writes. The process is a shell script in node's place. */
final class LeanImageTest {

  private static final int HEAD = 4096;
  private static final int PAGE = 65536;

  @TempDir
  private Path dir;

  private LeanImage image(String script) throws IOException {
    Path node = dir.resolve("node");
    Files.writeString(node, "#!/bin/sh\necho x >>" + dir.resolve("runs") + "\n" + script + "\n");
    assertThat(node.toFile().setExecutable(true)).isTrue();
    return new LeanImage(dir, dir);
  }

  /** An image that says to hold this many pages: their first is zero, the others are what comes. */
  private byte[] bytes(int pages) throws IOException {
    byte[] all = new byte[HEAD + pages * PAGE];
    all[12] = (byte) pages;
    for (int i = HEAD + PAGE; i < all.length - PAGE; i++) {
      all[i] = (byte) i;
    }
    Files.write(dir.resolve("memory"), all);
    return all;
  }

  private List<String> images() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".image") || name.endsWith(".tmp"))
          .toList();
    }
  }

  @Test
  void itIsMadeOnceAndTakesThePlaceOfOlderOnes() throws IOException {
    byte[] memory = bytes(4);
    Files.createFile(dir.resolve("judge-0123.image"));
    LeanImage image = image("exec cat " + dir.resolve("memory"));
    assertThat(image.path()).hasBinaryContent(memory);
    assertThat(image.path()).isEqualTo(new LeanImage(dir, dir).path());
    assertThat(images()).hasSize(1);
    assertThat(dir.resolve("runs")).hasContent("x");
  }

  @Test
  void halfAnImageIsNone() throws IOException {
    bytes(4);
    for (String script : List.of(
        "head -c 100000 " + dir.resolve("memory") + "; echo 'out of memory' >&2; exit 1",
        "echo 'out of memory' >&2")) {
      assertThatThrownBy(image(script)::path)
          .isInstanceOf(LeanException.class)
          .hasMessage("Lean ended before its judge was ready: out of memory");
      assertThat(images()).isEmpty();
    }
  }
}
