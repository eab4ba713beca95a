package dev.rowan.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of one forward pass, and whose they are. */
final class Batch {

  /**
   * A run of rows of one sequence.
   *
   * @param sequence whose
   * @param count number of rows
   */
  private record Part(Sequence sequence, int count) {}

  /**
   * A row whose output a sequence waits for.
   *
   * @param row the row
   * @param sequence who waits
   * @param position the row's position in the sequence
   */
  record Wanted(int row, Sequence sequence, int position) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Attention.Span> spans = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>();
  private final int[] tokens;
  private int count;

  private Batch(int rows) {
    tokens = new int[rows];
  }

  /** The next token of every sequence that decodes, then as much of the others' prompts as fits into {@code rows}. */
  static Batch of(List<Sequence> sequences, int rows) {
    Batch batch = new Batch(Math.max(rows, sequences.size()));
    sequences.stream().filter(sequence -> sequence.pending() == 1).forEach(batch::add);
    sequences.stream().filter(sequence -> sequence.pending() > 1).forEach(batch::add);
    return batch;
  }

  private void add(Sequence sequence) {
    int first = count;
    int rows = Math.min(sequence.pending(), tokens.length - first);
    if (rows == 0) {
      return;
    }
    parts.add(new Part(sequence, rows));
    spans.add(new Attention.Span(sequence.blockIndices(), first, sequence.computed(), rows));
    for (int i = 0; i < rows; i++, count++) {
      int position = sequence.computed() + i;
      tokens[count] = sequence.token(position);
      if (sequence.wants(position)) {
        wanted.add(new Wanted(count, sequence, position));
      }
    }
  }

  Decoder.Rows rows() {
    return new Decoder.Rows(Arrays.copyOf(tokens, count), spans);
  }

  /** Rows whose output is needed. */
  List<Wanted> wanted() {
    return wanted;
  }

  /** Books the rows as computed. */
  void advance() {
    parts.forEach(part -> part.sequence.advance(part.count));
  }
}
