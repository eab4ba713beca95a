package dev.rowan.cli;

import dev.rowan.core.Answer;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.core.Verifier;
import dev.rowan.verify.ExtractedAnswer;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind that compares an answer with the column {@code gold}.
 *
 * @param name what {@code "kind"} says
 * @param help its columns and an example
 * @param verifier compares, as the line asks for
 * @param reference what {@code gold} means
 * @param extraction what of the answer counts, to be shown
 */
record GoldKind(
    String name,
    String help,
    Function<VerifyLine, Verifier> verifier,
    Function<String, Reference> reference,
    Function<String, Optional<ExtractedAnswer>> extraction)
    implements VerifyKind {

  @Override
  public Checked check(VerifyLine line) {
    String answer = line.text("answer");
    Problem problem =
        Problem.of(line.find("id").orElse("line"), "gold", reference.apply(line.json("gold")));
    return new Checked(
        verifier.apply(line).verify(problem, new Answer(answer)), extraction.apply(answer));
  }
}
