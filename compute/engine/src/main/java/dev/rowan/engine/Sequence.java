package dev.rowan.engine;

import dev.rowan.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sequence in a lane's batch: its tokens, how many of them are computed, and the blocks that hold them. */
final class Sequence {

  private final Ticket ticket;
  private final PrefixTree tree;
  private final RandomStream random;
  private final List<PrefixTree.Block> blocks = new ArrayList<>();
  private int[] blockIndices = new int[0];
  private int[] tokens;
  private int length;
  private int computed;
  private final float[] logProbs;
  private final float[] states;
  private final int promptLength;

  Sequence(Ticket ticket, PrefixTree tree, int width) {
    this.ticket = ticket;
    this.tree = tree;
    this.random = new RandomStream(ticket.seed());
    this.promptLength = ticket.prompt().length;
    this.tokens = Arrays.copyOf(ticket.prompt(), ticket.maxLength());
    this.length = promptLength;
    boolean generates = ticket.generation().isPresent();
    int read = promptLength - Math.max(0, ticket.hiddenFrom());
    this.logProbs = new float[generates ? ticket.maxLength() - promptLength : read - 1];
    this.states = new float[generates ? 0 : read * width];
  }

  Ticket ticket() {
    return ticket;
  }

  /** Starts from what the tree already holds; the rest of the prompt becomes known to the tree. */
  void start(PrefixTree.Match match, KvStore store) {
    match.shared().forEach(tree::acquire);
    blocks.addAll(match.shared());
    computed = blocks.size() * KvStore.BLOCK;
    while (blocks.size() * KvStore.BLOCK < length) {
      extend();
    }
    PrefixTree.Block donor = match.donor();
    if (donor != null && match.copied() > 0) {
      PrefixTree.Block copy = blocks.get(match.shared().size());
      store.copy(donor.index, copy.index, match.copied());
      copy.filled = match.copied();
      computed += match.copied();
    }
  }

  private void extend() {
    PrefixTree.Block block = tree.allocate(blocks.isEmpty() ? null : blocks.getLast());
    int start = blocks.size() * KvStore.BLOCK;
    block.count = Math.min(KvStore.BLOCK, length - start);
    System.arraycopy(tokens, start, block.tokens, 0, block.count);
    blocks.add(block);
  }

  /** Positions that are known but not computed. */
  int pending() {
    return length - computed;
  }

  int computed() {
    return computed;
  }

  int length() {
    return length;
  }

  int token(int position) {
    return tokens[position];
  }

  /** The indices of this sequence's blocks, in order. */
  int[] blockIndices() {
    if (blockIndices.length != blocks.size()) {
      blockIndices = blocks.stream().mapToInt(block -> block.index).toArray();
    }
    return blockIndices;
  }

  /** The next {@code count} positions have keys and values now. */
  void advance(int count) {
    for (int i = 0; i < count; i++, computed++) {
      blocks.get(computed / KvStore.BLOCK).filled++;
    }
  }

  /** Whether the model's output at {@code position} is needed. */
  boolean wants(int position) {
    return ticket.generation().isPresent()
        ? position == length - 1
        : position >= ticket.hiddenFrom();
  }

  /** Takes the model's output at {@code position}; returns whether the sequence is finished. */
  boolean receive(
      int position,
      Sampler sampler,
      float[] logits,
      int logit,
      float[] hidden,
      int state,
      int width) {
    return ticket
        .generation()
        .map(request -> sample(sampler, logits, logit, request))
        .orElseGet(() -> read(position, sampler, logits, logit, hidden, state, width));
  }

  private boolean sample(Sampler sampler, float[] logits, int offset, GenerationRequest request) {
    Sampler.Draw draw = sampler.draw(logits, offset, request, random.nextDouble());
    logProbs[length - promptLength] = draw.logProb();
    tokens[length] = draw.token();
    length++;
    ticket.heard(draw);
    boolean stopped = Arrays.stream(request.stopTokens()).anyMatch(stop -> stop == draw.token());
    if (stopped || length == tokens.length) {
      finish(stopped);
      return true;
    }
    if ((length - 1) % KvStore.BLOCK == 0) {
      extend();
    } else {
      PrefixTree.Block last = blocks.getLast();
      last.tokens[last.count++] = draw.token();
    }
    return false;
  }

  /** Ends a generation with what was drawn so far. */
  void cut() {
    finish(false);
  }

  private void finish(boolean stopped) {
    ticket.finish(new Generation(
        Arrays.copyOfRange(tokens, promptLength, length),
        Arrays.copyOf(logProbs, length - promptLength),
        stopped));
  }

  private boolean read(
      int position,
      Sampler sampler,
      float[] logits,
      int logit,
      float[] hidden,
      int state,
      int width) {
    int row = position - ticket.hiddenFrom();
    System.arraycopy(hidden, state, states, row * width, width);
    if (position == length - 1) {
      ticket.finish(new HiddenStates(states, logProbs));
      return true;
    }
    logProbs[row] = sampler.logProb(logits, logit, tokens[position + 1]);
    return false;
  }

  /** Blocks that this sequence may still ask for. */
  int reserve() {
    return (tokens.length + KvStore.BLOCK - 1) / KvStore.BLOCK - blocks.size();
  }

  /** Gives the blocks back. */
  void release() {
    blocks.reversed().forEach(tree::release);
    blocks.clear();
  }
}
