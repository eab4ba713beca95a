package dev.rowan.cli;

import dev.rowan.core.LoneSurrogates;
import dev.rowan.core.Problem;
import dev.rowan.core.Reference;
import dev.rowan.data.ProblemReader;
import dev.rowan.verify.nano.NanoProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The problems of a JSONL file.
 *
 * @param problems those that could be read
 * @param badLines how many lines hold none
 */
record ProblemFile(List<Problem> problems, int badLines) {

  /** Reads up to {@code limit} problems; each line that holds none is reported to {@code err}. */
  static ProblemFile read(Path file, long limit, PrintWriter err) {
    if (Files.isDirectory(file)) {
      throw new UserException(
          Exit.PROBLEMS, file + " is a folder: give a JSONL file with --problems");
    }
    List<Problem> problems = new ArrayList<>();
    int bad = 0;
    try (Stream<ProblemReader.Line> lines = new ProblemReader().read(file)) {
      for (Iterator<ProblemReader.Line> it = lines.iterator();
          problems.size() < limit && it.hasNext(); ) {
        switch (it.next()) {
          case ProblemReader.Line.Read(int number, Problem problem) -> {
            Optional<String> flaw = flaw(problem);
            if (flaw.isEmpty()) {
              problems.add(problem);
            } else {
              bad++;
              report(err, file, number, flaw.get());
            }
          }
          case ProblemReader.Line.Bad(int number, String reason) -> {
            bad++;
            report(err, file, number, reason);
          }
        }
      }
    } catch (NoSuchFileException e) {
      throw new UserException(
          Exit.PROBLEMS, "no file " + file + ": give a JSONL file with --problems", e);
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          Exit.PROBLEMS,
          "cannot read " + file + " (" + e.getMessage() + "): give a JSONL file in UTF-8",
          e);
    }
    err.flush();
    if (problems.isEmpty()) {
      throw new UserException(
          Exit.PROBLEMS,
          file + " holds no problem: write {\"id\", \"question\", \"answer\"} on each line");
    }
    return new ProblemFile(problems, bad);
  }

  private static void report(PrintWriter err, Path file, int number, String reason) {
    err.println("rowan: " + file + " line " + number + " " + reason + "; left out");
  }

  /** Why no attempt at a problem could be measured. A nano problem says itself what is right. */
  private static Optional<String> flaw(Problem problem) {
    if (LoneSurrogates.in(problem.question())) {
      return Optional.of("has half a character (a lone surrogate) in its question");
    }
    boolean answered =
        problem.reference() instanceof Reference.FinalAnswer(String value) && !value.isBlank();
    return answered || NanoProblem.parse(problem.question()).isPresent()
        ? Optional.empty()
        : Optional.of("has no \"answer\" to compare with");
  }
}
