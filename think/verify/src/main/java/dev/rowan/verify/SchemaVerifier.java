package dev.rowan.verify;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.core.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * Checks an answer's JSON against a JSON Schema (2020-12 unless the schema names another). The JSON is the last fenced
 * block, else what stands between the first and the last bracket. Schemas elsewhere are not fetched.
 */
public final class SchemaVerifier implements Verifier {

  private static final int MOST_ERRORS = 3;
  private static final Pattern FENCE = Pattern.compile(
      "```(?:json)?[^\\S\\n]*\\n(.*?)```", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  /** What schemas are checked against; it keeps the few dialects that it knows. */
  private final SchemaRegistry dialects = registry();

  @Override
  public Verdict verify(Problem problem, Answer answer) {
    if (!(problem.reference() instanceof Reference.Schema(String json))) {
      return new Verdict.Unverifiable("the problem has no schema");
    }
    Optional<ExtractedAnswer> found = extract(answer.text());
    if (found.isEmpty()) {
      return new Verdict.Incorrect("no JSON");
    }
    try {
      Schema schema = read(json);
      List<Error> faults = faults(schema, json);
      return faults.isEmpty()
          ? check(schema, found.get().text())
          : new Verdict.Unverifiable("the schema breaks its own rules: " + listed(faults));
    } catch (SchemaException | JacksonException | IllegalArgumentException e) {
      return new Verdict.Unverifiable("the schema cannot be read: " + firstLine(e));
    }
  }

  /** A registry keeps what it reads: each check has its own, and the schema's last word is its own, too. */
  private static Schema read(String json) {
    return registry().getSchema(json, InputFormat.JSON);
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
  }

  /** What the schema's own dialect has against it, such as a type that does not exist. */
  private List<Error> faults(Schema schema, String json) {
    String dialect = schema.getSchemaContext().getDialect().getId();
    return dialects.getSchema(SchemaLocation.of(dialect)).validate(json, InputFormat.JSON);
  }

  private static String listed(List<Error> errors) {
    return errors.stream()
        .limit(MOST_ERRORS)
        .map(error -> error.toString().replaceFirst("^: ", ""))
        .collect(Collectors.joining("; "));
  }

  private static Verdict check(Schema schema, String json) {
    try {
      List<Error> errors = schema.validate(json, InputFormat.JSON);
      return errors.isEmpty() ? new Verdict.Correct() : new Verdict.Incorrect(listed(errors));
    } catch (SchemaException e) {
      return new Verdict.Unverifiable("the schema cannot be used: " + e.getMessage());
    } catch (JacksonException | IllegalArgumentException e) {
      return new Verdict.Incorrect("not JSON: " + firstLine(e));
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The JSON in a text; empty if there is none. */
  public static Optional<ExtractedAnswer> extract(String text) {
    Optional<MatchResult> fence = FENCE.matcher(text).results().reduce((_, later) -> later);
    int start = fence.map(match -> match.start(1)).orElseGet(() -> first(text));
    int end = fence
        .map(match -> match.end(1))
        .orElseGet(() -> Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1);
    if (start < 0 || end <= start) {
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(new ExtractedAnswer(text, 0, text.length()));
    }
    return Optional.of(new ExtractedAnswer(text.substring(start, end), start, end));
  }

  private static int first(String text) {
    int brace = text.indexOf('{');
    int bracket = text.indexOf('[');
    return brace < 0 ? bracket : bracket < 0 ? brace : Math.min(brace, bracket);
  }
}
