package dev.rowan.berry.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** One run as a page that stands alone: style, scripts, charts and data in one file that needs no network. */
public final class Report {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");
  private static final String CHARTS = "uplot-1.6.32/";

  private static final List<String> SCRIPTS =
      List.of("dom.js", "charts.js", "curves.js", "sieve.js", "chains.js", "tree.js", "report.js");

  private final String page;

  private Report(String page) {
    this.page = page;
  }

  /** Sets a run. */
  public static Report of(Summary summary, Story story) {
    Findings findings = Findings.of(summary);
    String data = "{\"summary\":%s,\"findings\":%s,\"story\":%s}"
        .formatted(
            SummaryFile.line(summary),
            JSON.writeValueAsString(findings),
            JSON.writeValueAsString(story));
    return new Report(fill(
        resource("report.html"),
        Map.of(
            "headline", escaped(findings.headline()),
            "style", resource(CHARTS + "uPlot.min.css") + resource("report.css"),
            "licence", resource(CHARTS + "LICENSE"),
            "charts", resource(CHARTS + "uPlot.iife.min.js"),
            "data", inScript(data),
            "script", SCRIPTS.stream().map(Report::resource).collect(Collectors.joining("\n")))));
  }

  /** The page. */
  public String html() {
    return page;
  }

  /**
   * Writes the page under a temporary name and renames it, so that {@code file} is never half-written.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path file) throws IOException {
    NewFile.write(file, page);
  }

  /** Fills every slot once; what is filled in is not searched for slots. */
  private static String fill(String template, Map<String, String> values) {
    return SLOT.matcher(template)
        .replaceAll(
            slot -> Matcher.quoteReplacement(values.getOrDefault(slot.group(1), slot.group())));
  }

  /** JSON that cannot end its script element, nor open a comment in it: the brackets occur in strings alone. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream stream = Report.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new MissingResourceException(
            "part of the report is not in the jar", Report.class.getName(), name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
