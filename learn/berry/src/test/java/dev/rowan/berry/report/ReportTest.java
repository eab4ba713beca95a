package dev.rowan.berry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {

  static final String HOSTILE =
      "</script><img src=x onerror=alert(1)>{{script}}<!-- & \u2028 \" ' $1 \\";
  private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern INLINE =
      Pattern.compile("(<(script|style)[^>]*>).*?(</\\2>)", Pattern.DOTALL);

  @TempDir
  private Path folder;

  @Test
  void oneSmallFileIsWritten() throws IOException {
    Path file = folder.resolve("report.html");
    Report.of(SampleRun.summary(), SampleRun.story()).write(file);

    assertThat(Files.size(file)).isBetween(60_000L, 1_500_000L);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void theHeadlineSaysTheResult() {
    assertThat(page().replace('\u00a0', ' ').replace('\u2011', '-'))
        .contains(
            "<h1>pass@1 rose from 28 % to 47 % (+19 points, 95 % interval +15 to +23) on 300 held-out problems in 9"
                + " rounds, 8.4 minutes.</h1>");
  }

  @Test
  void theMarkupIsWellFormed() throws ParserConfigurationException, IOException, SAXException {
    String markup = INLINE.matcher(page()).replaceAll("$1$3");

    var document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(markup)));

    assertThat(document.getElementsByTagName("section").getLength()).isEqualTo(7);
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String page = page();

    assertThat(page).contains("default-src 'none'");
    assertThat(page).doesNotContainPattern("(?i)(src|href|action)\\s*=\\s*[\"']?(https?:)?//");
    assertThat(page)
        .doesNotContainPattern(
            "(?i)url\\(\\s*[\"']?(https?:)?//|@import|\\bimport\\s*\\(|\\bfetch\\(");
    assertThat(page).doesNotContain("{{");
  }

  @Test
  void theDataIsAllThere() {
    JsonNode data = data(page());

    assertThat(data.at("/summary"))
        .isEqualTo(JsonMapper.shared().readTree(SummaryFile.line(SampleRun.summary())));
    assertThat(data.at("/story/chains/0/before/lines/2/mark").stringValue()).isEqualTo("FALSE");
    assertThat(data.at("/story/chains/0/before/lines/3/mark").stringValue()).isEqualTo("UNJUDGED");
    assertThat(data.at("/story/chains/0/after/answer").stringValue()).isEqualTo("TRUE");
    assertThat(data.at("/story/trees/0/nodes").size())
        .isEqualTo(SampleRun.story().trees().getFirst().nodes().size());
    assertThat(data.at("/findings/byTokens").size()).isGreaterThan(2);
  }

  @Test
  void hostileTextStaysText() {
    String page = Report.of(SampleRun.summary(), hostile()).html();

    assertThat(page).doesNotContain("<img");
    assertThat(page.split("</script>", -1)).hasSameSizeAs(page().split("</script>", -1));
    assertThat(data(page).at("/story/chains/0/problem").stringValue()).isEqualTo(HOSTILE);
  }

  @Test
  void noScriptParsesMarkup() {
    for (String name : List.of(
        "dom.js", "charts.js", "curves.js", "sieve.js", "chains.js", "tree.js", "report.js")) {
      assertThat(resource(name))
          .doesNotContainPattern("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
    }
  }

  @Test
  void aRunThatMeasuredNothingStillReads() {
    assertThat(data(Report.of(SampleRun.bare(), Story.NONE).html())
            .at("/findings/cost")
            .size())
        .isZero();
  }

  static Story hostile() {
    Chain chain = new Chain(
        List.of(new Chain.Line(HOSTILE, Mark.FALSE, List.of(new Chain.Piece(HOSTILE, -3)))),
        Mark.UNJUDGED);
    return new Story(
        List.of(new Story.Pair(HOSTILE, HOSTILE, chain, chain)),
        SampleRun.story().trees());
  }

  private static String page() {
    return Report.of(SampleRun.summary(), SampleRun.story()).html();
  }

  private static JsonNode data(String page) {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    return JsonMapper.shared().readTree(data.group(1));
  }

  private static String resource(String name) {
    try (var stream = Report.class.getResourceAsStream(name)) {
      assertThat(stream).as(name).isNotNull();
      return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
