package dev.rowan.engine;

import dev.rowan.tensor.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

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
  private final List<List<Generation.Alternative>> alternatives = new ArrayList<>();
  private final Optional<History> history;
  private final IntPredicate watch;
  private final int promptLength;
  private final int width;
  private boolean finished;

  Sequence(Ticket ticket, PrefixTree tree, int width) {
    this.ticket = ticket;
    this.tree = tree;
    this.random = new RandomStream(ticket.seed());
    this.promptLength = ticket.prompt().length;
    this.width = width;
    this.history = ticket
        .generation()
        .filter(request -> request.choice().penalises())
        .map(request -> new History(request.choice(), request.prompt()));
    this.watch =
        ticket.generation().map(GenerationRequest::stop).orElse(StopRule.NEVER).watch();
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

  /** Takes the hidden state at {@code position} if that is asked for; returns whether the logits there are, too. */
  boolean read(int position, int row, Decoder decoder) {
    if (ticket.generation().isPresent()) {
      return true;
    }
    decoder.hidden(row, states, (position - ticket.hiddenFrom()) * width);
    return position < length - 1;
  }

  /** Takes the logits at {@code position}. */
  void receive(int position, Sampler sampler, float[] logits) {
    if (ticket.generation().isPresent()) {
      sample(sampler, logits, ticket.generation().get());
    } else {
      logProbs[position - ticket.hiddenFrom()] = sampler.logProb(logits, tokens[position + 1]);
    }
  }

  /** Whether the ticket has its result, which one that reads has when all of it is computed. */
  boolean finished() {
    if (!finished && ticket.generation().isEmpty() && computed == length) {
      finished = true;
      ticket.finish(new HiddenStates(states, logProbs));
    }
    return finished;
  }

  private void sample(Sampler sampler, float[] logits, GenerationRequest request) {
    Sampler.Draw draw = sampler.draw(
        logits, request.choice(), history, request.alternatives(), random.nextDouble());
    logProbs[length - promptLength] = draw.logProb();
    if (request.alternatives() > 0) {
      alternatives.add(draw.alternatives());
    }
    tokens[length] = draw.token();
    length++;
    history.ifPresent(past -> past.add(draw.token()));
    ticket.heard(draw);
    boolean stopped = watch.test(draw.token());
    if (stopped || length == tokens.length) {
      finish(stopped);
    } else if ((length - 1) % KvStore.BLOCK == 0) {
      extend();
    } else {
      PrefixTree.Block last = blocks.getLast();
      last.tokens[last.count++] = draw.token();
    }
  }

  /** Ends a generation with what was drawn so far. */
  void cut() {
    finish(false);
  }

  /** Ends without a result. */
  void fail(EngineException failure) {
    finished = true;
    ticket.fail(failure);
  }

  private void finish(boolean stopped) {
    finished = true;
    ticket.finish(new Generation(
        Arrays.copyOfRange(tokens, promptLength, length),
        Arrays.copyOf(logProbs, length - promptLength),
        List.copyOf(alternatives),
        stopped));
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
