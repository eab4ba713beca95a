package dev.rowan.berry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
final class BrowserTest {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  @TempDir
  private Path folder;

  @Test
  void everySectionIsFilled() throws IOException, InterruptedException {
    String page = opened(Report.of(SampleRun.summary(), SampleRun.story()));

    assertThat(page).as("the scripts ran to their end").contains("data-ready");
    assertThat(count(page, "class=\"uplot")).as("charts").isEqualTo(4);
    assertThat(count(page, "<article class=\"pair\"")).as("chains side by side").isEqualTo(3);
    assertThat(count(page, "<circle cx")).as("dots of the tree").isGreaterThan(40);
    assertThat(page).as("the other policy's curves").contains(">before training</button>");
    assertThat(page).contains("Round by round", "Where the 8.4", "Step search with 4 candidates");
  }

  @Test
  void hostileTextStaysText() throws IOException, InterruptedException {
    String page = opened(Report.of(SampleRun.summary(), ReportTest.hostile()));

    assertThat(page)
        .contains("data-ready", "&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<img");
  }

  @Test
  void sectionsWithNothingToShowAreLeftOut() throws IOException, InterruptedException {
    String page = opened(Report.of(SampleRun.bare(), Story.NONE));

    assertThat(page)
        .contains("data-ready")
        .doesNotContain(
            "id=\"chains\"", "id=\"search\"", "id=\"scaling\"", "id=\"sieve\"", "id=\"levels\"");
  }

  private static int count(String page, String what) {
    return page.split(what, -1).length - 1;
  }

  /** The document once its scripts have run. */
  private String opened(Report report) throws IOException, InterruptedException {
    Path file = folder.resolve("report.html");
    report.write(file);
    Path dump = folder.resolve("dump.html");
    List<String> command = new ArrayList<>(List.of(chromium()));
    command.addAll(List.of(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + folder.resolve("profile"),
        "--dump-dom",
        file.toUri().toString()));
    Process browser = new ProcessBuilder(command)
        .redirectOutput(dump.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      assertThat(browser.waitFor(60, TimeUnit.SECONDS)).as("chromium ended").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    return Files.readString(dump);
  }

  private static String chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(
                "no browser on the PATH: install one, for example with 'apt-get install chromium', and run again"));
  }
}
