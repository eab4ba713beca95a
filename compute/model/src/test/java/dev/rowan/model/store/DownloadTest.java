package dev.rowan.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One file from a server that breaks off, forgets, misleads and changes its mind. */
final class DownloadTest {

  @TempDir
  private Path folder;

  private final byte[] first = new byte[1000];
  private final byte[] second = new byte[1200];
  private final List<String> troubles = new ArrayList<>();
  private Optional<FakeHub> started = Optional.empty();

  @BeforeEach
  void start() throws IOException {
    Arrays.fill(second, (byte) 5);
    started = Optional.of(new FakeHub());
    hub().put("/x", first);
  }

  @AfterEach
  void stop() {
    hub().close();
  }

  private FakeHub hub() {
    return started.orElseThrow();
  }

  private Path file() {
    return folder.resolve("x");
  }

  private void fetch(Runnable whenItBreaks) throws InterruptedException {
    PullListener listener = new PullListener() {
      @Override
      public void file(String name, long present, long total) {}

      @Override
      public void bytes(long count) {}

      @Override
      public void again(String why) {
        troubles.add(why);
        whenItBreaks.run();
      }
    };
    new Download(
            Download.client(), Optional.empty(), Duration.ZERO, Duration.ofMillis(300), listener)
        .file(hub().uri("/x"), file(), Fingerprint.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatChangedMeanwhileStartsOver(boolean theServerLooks) throws InterruptedException {
    hub().cut("/x", 1);
    if (!theServerLooks) {
      hub().withoutIfRange();
    }
    fetch(() -> hub().put("/x", second));
    assertThat(file()).hasBinaryContent(second);
    assertThat(folder).isDirectoryContaining("glob:**/x").isDirectoryNotContaining("glob:**/x?*");
  }

  @Test
  void aServerMayGiveTheRestInPieces() throws InterruptedException {
    hub().cut("/x", 1);
    hub().inPieces(200);
    fetch(() -> {});
    assertThat(file()).hasBinaryContent(first);
    assertThat(hub().seen("/x")).hasSize(4);
  }

  @Test
  void whatWasLeftBehindInRuinsStartsOver() throws Exception {
    Files.write(folder.resolve("x.part"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("x.tag"), new byte[3]);
    fetch(() -> {});
    assertThat(file()).hasBinaryContent(first);
    assertThat(hub().seen("/x").getFirst().range()).isEmpty();
  }

  @Test
  void thereIsNoRestOfNothing() {
    hub().unsatisfiable("/x", "bytes */0");
    assertThatThrownBy(() -> fetch(() -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("/x")
        .hasMessageContaining("other bytes");
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://localhost/x",
        "file:///etc/passwd",
        "http://localhost/a b|c^",
        "http://:1/",
        "mailto:x",
        "http://localhost:99999/"
      })
  void aRedirectToWhatIsNoAddressIsNamed(String to) {
    hub().redirect("/x", to);
    assertThatThrownBy(() -> fetch(() -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'" + to + "'")
        .hasMessageContaining("check the address");
    assertThat(troubles).isEmpty();
  }

  @Test
  void aRedirectMayNameThePathOnly() throws InterruptedException {
    hub().put("/deep/y", second);
    hub().redirect("/x", "/deep/x");
    hub().redirect("/deep/x", "y?z=1");
    fetch(() -> {});
    assertThat(file()).hasBinaryContent(second);
  }

  @Test
  void aDiskThatTakesNothingIsNotTriedAgain() throws IOException {
    Files.createDirectory(folder.resolve("x.part"));
    assertThatThrownBy(() -> fetch(() -> {})).isInstanceOf(UncheckedIOException.class);
    assertThat(troubles).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub/a, https://hub/b, true",
    "https://hub/a, https://HUB/b, true",
    "http://hub/a, https://hub/b, true",
    "https://hub/a, http://hub/b, false",
    "https://hub/a, https://hub:444/b, false",
    "https://hub/a, https://hub.evil/b, false",
    "https://hub/a, https://me@hub/b, false",
  })
  void theTokenStaysWithTheHostAndHidden(URI start, URI uri, boolean trusted) {
    assertThat(Download.trusts(start, uri)).isEqualTo(trusted);
  }
}
