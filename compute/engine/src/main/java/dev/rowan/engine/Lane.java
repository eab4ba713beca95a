package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.tensor.Product;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One thread that decodes: takes requests into its running batch at every token, and drops what is done. */
final class Lane implements Runnable {

  /** Products of a weight and a number that a pass may do for prompts while others wait: some tens of milliseconds. */
  private static final long SHORT_PASS = 10_000_000_000L;

  private static final int SHORTEST_READ = 16;

  private final EngineSettings settings;
  private final WarmUp warmUp;
  private final EngineStatistics statistics;
  private final KvStore store;
  private final PrefixTree tree;
  private final Decoder decoder;
  private final Sampler sampler;
  private final int width;
  private final int shortRead;
  private final BlockingQueue<Ticket> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger load = new AtomicInteger();
  private final List<Ticket> waiting = new ArrayList<>();
  private final List<Sequence> running = new ArrayList<>();
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile int blocksInUse;

  Lane(
      DecoderWeights weights, EngineSettings settings, EngineStatistics statistics, WarmUp warmUp) {
    this.settings = settings;
    this.warmUp = warmUp;
    this.statistics = statistics;
    LlamaConfig config = weights.config();
    boolean half = settings.halfCache();
    int blocks = settings.blocks(KvStore.blockBytes(config, half));
    this.store = new KvStore(config, blocks, half);
    this.tree = new PrefixTree(blocks);
    this.decoder = new Decoder(weights, store, warmUp);
    this.width = config.hidden();
    this.sampler = new Sampler(config.vocabulary(), new SwitchingKernels(warmUp));
    this.shortRead = (int) Math.max(SHORTEST_READ, SHORT_PASS / weights.layerParameters());
  }

  /** Requests that are waiting or running. */
  int load() {
    return load.get();
  }

  /** Whether a sequence of this many tokens fits in this lane at all. */
  boolean holds(long tokens) {
    return (tokens + KvStore.BLOCK - 1) / KvStore.BLOCK <= tree.total();
  }

  void submit(Ticket ticket) {
    load.incrementAndGet();
    inbox.add(ticket);
    if (ended) {
      // Nobody looks into the inbox any more.
      ticket.fail(closedFailure());
    }
  }

  /** Blocks that sequences use now. */
  int blocksInUse() {
    return blocksInUse;
  }

  /** Ends the thread; requests that are not done fail. */
  void close(Thread thread) {
    closed = true;
    thread.interrupt();
  }

  @Override
  public void run() {
    Product.stayOnThisThread();
    try {
      while (!closed) {
        receive();
        try {
          step();
        } catch (RuntimeException | OutOfMemoryError e) {
          failAll(new EngineException("the engine failed: " + e.getMessage(), e));
        }
        blocksInUse = tree.total() - tree.available();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
    } finally {
      ended = true;
      decoder.close();
      inbox.drainTo(waiting);
      failAll(closedFailure());
    }
  }

  private static EngineException closedFailure() {
    return new EngineException("the engine was closed");
  }

  private void receive() throws InterruptedException {
    if (running.isEmpty() && waiting.isEmpty()) {
      waiting.add(inbox.take());
    }
    inbox.drainTo(waiting);
  }

  private void step() {
    drop();
    admit();
    if (!running.isEmpty()) {
      compute();
    }
  }

  private void drop() {
    long now = System.nanoTime();
    running.removeIf(sequence -> over(sequence, now) && retire(sequence));
    waiting.removeIf(ticket -> over(ticket, now) && done());
  }

  private static boolean over(Sequence sequence, long now) {
    if (sequence.ticket().late(now)) {
      sequence.cut();
    }
    return sequence.ticket().cancelled() || sequence.ticket().late(now);
  }

  private static boolean over(Ticket ticket, long now) {
    if (ticket.late(now)) {
      ticket.finish(new Generation(new int[0], new float[0], List.of(), false));
    }
    return ticket.cancelled() || ticket.late(now);
  }

  private boolean done() {
    load.decrementAndGet();
    return true;
  }

  private boolean retire(Sequence sequence) {
    sequence.release();
    return done();
  }

  /** Takes requests in order while they fit. One whose prefix is being computed right now waits for it. */
  private void admit() {
    int reserved = running.stream().mapToInt(Sequence::reserve).sum();
    Iterator<Ticket> queue = waiting.iterator();
    while (queue.hasNext() && running.size() < settings.maxSequences()) {
      Ticket ticket = queue.next();
      PrefixTree.Match match = tree.match(ticket.prompt(), ticket.reusable());
      if (match.pending()) {
        continue;
      }
      int blocks = (ticket.maxLength() + KvStore.BLOCK - 1) / KvStore.BLOCK;
      int spare = tree.available() - reserved - blocks + tree.used(match.shared());
      if (spare < 0) {
        return;
      }
      if (spare == 0) {
        match = match.withoutDonor();
      }
      // The donor must not be evicted to make room for its own copy, which takes one block more.
      PrefixTree.Block donor = match.donor();
      hold(donor);
      Sequence sequence = new Sequence(ticket, tree, width);
      sequence.start(match, store);
      drop(donor);
      statistics.reused(sequence.computed());
      reserved += sequence.reserve();
      running.add(sequence);
      queue.remove();
    }
  }

  private void hold(PrefixTree.@Nullable Block block) {
    if (block != null) {
      tree.acquire(block);
    }
  }

  private void drop(PrefixTree.@Nullable Block block) {
    if (block != null) {
      tree.release(block);
    }
  }

  private void compute() {
    Batch batch = Batch.of(running, rows());
    Decoder.Rows rows = batch.rows();
    decoder.compute(rows);
    statistics.computed(rows.tokens().length);
    batch.advance();
    List<Batch.Wanted> wanted = batch.wanted().stream()
        .filter(row -> row.sequence().read(row.position(), row.row(), decoder))
        .toList();
    decoder.logits(wanted.stream().mapToInt(Batch.Wanted::row).toArray(), (i, logits) -> {
      receive(wanted.get(i), logits);
    });
    running.removeIf(sequence -> sequence.finished() && retire(sequence));
    warmUp.begin();
  }

  /** A sequence whose numbers or whose stop rule fail ends alone: the others of its batch go on. */
  private void receive(Batch.Wanted row, float[] logits) {
    try {
      row.sequence().receive(row.position(), sampler, logits);
    } catch (RuntimeException e) {
      row.sequence().fail(new EngineException("the sequence failed: " + e.getMessage(), e));
    }
  }

  /**
   * Rows of the next pass. While some sequences decode, those that still read their prompts get only so many that the
   * pass stays short, and the others are not held up.
   */
  private int rows() {
    int decoding =
        (int) running.stream().filter(sequence -> sequence.pending() == 1).count();
    return decoding == 0
        ? settings.maxRows()
        : Math.min(Math.max(settings.maxRows(), decoding), decoding + shortRead);
  }

  private void failAll(EngineException failure) {
    running.forEach(sequence -> {
      sequence.ticket().fail(failure);
      retire(sequence);
    });
    running.clear();
    waiting.forEach(ticket -> {
      ticket.fail(failure);
      done();
    });
    waiting.clear();
  }
}
