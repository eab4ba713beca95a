package dev.rowan.engine;

import java.util.ArrayList;
import java.util.List;

/** The rows of one forward pass, and whose they are. */
final class Batch {

  /**
   * A run of rows of one sequence.
   *
   * @param sequence whose
   * @param first the first row
   * @param count number of rows
   */
  private record Part(Sequence sequence, int first, int count) {}

  /**
   * A row whose output a sequence waits for.
   *
   * @param row the row
   * @param sequence who waits
   * @param position the row's position in the sequence
   */
  record Wanted(int row, Sequence sequence, int position) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Wanted> wanted = new ArrayList<>();
  private final long[] tokens;
  private final int[] positions;
  private final int[][] blocks;
  private int count;
  private boolean reads;

  private Batch(int maxRows) {
    tokens = new long[maxRows];
    positions = new int[maxRows];
    blocks = new int[maxRows][];
  }

  /** The next token of every sequence that decodes, then as much of the others' prompts as fits. */
  static Batch of(List<Sequence> sequences, int maxRows) {
    Batch batch = new Batch(Math.max(maxRows, sequences.size()));
    sequences.stream().filter(sequence -> sequence.pending() == 1).forEach(batch::add);
    sequences.stream().filter(sequence -> sequence.pending() > 1).forEach(batch::add);
    return batch;
  }

  private void add(Sequence sequence) {
    int rows = Math.min(sequence.pending(), tokens.length - count);
    if (rows == 0) {
      return;
    }
    parts.add(new Part(sequence, count, rows));
    for (int i = 0; i < rows; i++, count++) {
      int position = sequence.computed() + i;
      tokens[count] = sequence.token(position);
      positions[count] = position;
      blocks[count] = sequence.blockIndices();
      if (sequence.wants(position)) {
        wanted.add(new Wanted(count, sequence, position));
      }
    }
    reads |= sequence.ticket().generation().isEmpty();
  }

  Decoder.Rows rows() {
    return new Decoder.Rows(count, tokens, positions, blocks);
  }

  /** Rows whose output is needed. */
  List<Wanted> wanted() {
    return wanted;
  }

  /** Whether some sequence wants hidden states. */
  boolean reads() {
    return reads;
  }

  /** Books the rows as computed. */
  void advance() {
    parts.forEach(part -> part.sequence.advance(part.count));
  }
}
