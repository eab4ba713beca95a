package dev.rowan.engine;

import dev.rowan.tensor.Gradients;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.Torch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One thread that decodes: takes requests into its running batch at every token, and drops what is done. */
final class Lane implements Runnable {

  private final EngineSettings settings;
  private final EngineStatistics statistics;
  private final KvStore store;
  private final PrefixTree tree;
  private final Decoder decoder;
  private final Sampler sampler;
  private final int width;
  private final int vocabulary;
  private final BlockingQueue<Ticket> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger load = new AtomicInteger();
  private final List<Ticket> waiting = new ArrayList<>();
  private final List<Sequence> running = new ArrayList<>();
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile int blocksInUse;

  Lane(DecoderWeights weights, EngineSettings settings, EngineStatistics statistics) {
    this.settings = settings;
    this.statistics = statistics;
    int blocks = Math.max(1, settings.cacheTokens() / KvStore.BLOCK);
    this.store = new KvStore(weights.matrices().config(), blocks);
    this.tree = new PrefixTree(blocks);
    this.decoder = new Decoder(weights, settings.matmulType(), store);
    this.width = weights.matrices().config().hidden();
    this.vocabulary = weights.matrices().config().vocabulary();
    this.sampler = new Sampler(vocabulary);
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
    Torch.load();
    try (Gradients _ = Gradients.off()) {
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
      try (Scope _ = Scope.open()) {
        compute();
      }
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
      ticket.finish(new Generation(new int[0], new float[0], false));
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
    Batch batch = Batch.of(running, settings.maxRows());
    Tensor hidden = decoder.hidden(batch.rows());
    statistics.computed(batch.rows().count());
    batch.advance();
    List<Batch.Wanted> wanted = batch.wanted();
    if (!wanted.isEmpty()) {
      // Padded like the pass itself: few rows would round differently.
      long[] index = new long[Decoder.padded(wanted.size())];
      for (int i = 0; i < wanted.size(); i++) {
        index[i] = wanted.get(i).row();
      }
      Tensor rows = hidden.indexSelect(0, Tensor.of(index));
      hand(wanted, decoder.logits(rows).toFloats(), batch.reads() ? rows.toFloats() : new float[0]);
    }
  }

  private void hand(List<Batch.Wanted> wanted, float[] logits, float[] hidden) {
    Set<Sequence> finished = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      Batch.Wanted row = wanted.get(i);
      if (row.sequence()
          .receive(row.position(), sampler, logits, i * vocabulary, hidden, i * width, width)) {
        finished.add(row.sequence());
      }
    }
    if (!finished.isEmpty()) {
      running.removeIf(sequence -> finished.contains(sequence) && retire(sequence));
    }
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
