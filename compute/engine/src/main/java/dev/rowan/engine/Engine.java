package dev.rowan.engine;

import dev.rowan.model.LlamaConfig;
import dev.rowan.model.ParameterRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Continues many sequences at once. Safe for use by any number of threads; each call blocks until its own sequence is done,
 * and is meant for virtual threads. Interrupting the caller gives the sequence up at the next token.
 */
public final class Engine implements AutoCloseable {

  private static final int AFFINITY_TOKENS = 32;
  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final LlamaConfig config;
  private final DecoderWeights weights;
  private final EngineStatistics statistics = new EngineStatistics();
  private final WarmUp warmUp;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** An engine with the {@code weights} as they are now; they may be changed or closed afterwards. */
  public Engine(ParameterRows weights, EngineSettings asked) {
    this.config = weights.config();
    EngineSettings settings =
        asked.within(KvStore.blockBytes(config, asked.halfCache()), config.maxPositions());
    this.weights = new DecoderWeights(weights, settings.matmulType());
    this.warmUp = new WarmUp(config, settings.matmulType());
    for (int i = 0; i < settings.lanes(); i++) {
      Lane lane = new Lane(this.weights, settings, statistics, warmUp);
      lanes.add(lane);
      threads.add(Thread.ofPlatform().name("engine-lane-" + i).daemon().start(lane));
    }
  }

  /**
   * Continues a sequence.
   *
   * @throws EngineException if the prompt is empty or too long, the request names tokens that do not exist, or its stop
   *     rule fails
   */
  public Generation generate(GenerationRequest request) throws InterruptedException {
    return generate(request, TokenSink.NONE);
  }

  /** Continues a sequence, and tells {@code sink} each token as it is drawn. */
  public Generation generate(GenerationRequest request, TokenSink sink)
      throws InterruptedException {
    return generate(request, sink, FOREVER);
  }

  /**
   * Continues a sequence for at most {@code patience}; what was drawn by then, perhaps nothing, is the result. The time is
   * looked at before each token.
   */
  public Generation generate(GenerationRequest request, TokenSink sink, Duration patience)
      throws InterruptedException {
    if (request.maxTokens() < 1) {
      throw new EngineException(request.maxTokens() + " new tokens are none: ask for 1 or more");
    }
    check(request.prompt(), request.maxTokens());
    check(request);
    Duration bounded = patience.compareTo(FOREVER) < 0 ? patience : FOREVER;
    Ticket ticket = Ticket.generation(
        request, System.nanoTime() + bounded.toNanos(), !sink.equals(TokenSink.NONE));
    lane(request.prompt()).submit(ticket);
    return ticket.await(Generation.class, sink);
  }

  /**
   * Reads a sequence from position {@code from} on; what comes before may be taken from the cache.
   *
   * @throws EngineException if the sequence is empty or too long, or {@code from} is not one of its positions
   */
  public HiddenStates read(int[] tokens, int from) throws InterruptedException {
    check(tokens, 0);
    if (from < 0 || from >= tokens.length) {
      throw new EngineException(
          "position " + from + " is not in a sequence of " + tokens.length + " tokens");
    }
    Ticket ticket = Ticket.hidden(tokens, from);
    lane(tokens).submit(ticket);
    return ticket.await(HiddenStates.class, TokenSink.NONE);
  }

  /**
   * Natural log-probabilities of a continuation's tokens, each given the prompt and those before it.
   *
   * @throws EngineException if the prompt is empty, or both together are too long
   */
  public float[] score(int[] prompt, int[] continuation) throws InterruptedException {
    check(prompt, 0);
    int[] tokens = Arrays.copyOf(prompt, prompt.length + continuation.length);
    System.arraycopy(continuation, 0, tokens, prompt.length, continuation.length);
    return read(tokens, prompt.length - 1).logProbs();
  }

  /** The model's shape. */
  public LlamaConfig config() {
    return config;
  }

  /** What has been done so far. */
  public EngineStatistics statistics() {
    return statistics;
  }

  /** Blocks of the cache that sequences use now. */
  int blocksInUse() {
    return lanes.stream().mapToInt(Lane::blocksInUse).sum();
  }

  private void check(int[] prompt, int maxTokens) {
    if (prompt.length == 0) {
      throw new EngineException("the prompt is empty: give it at least one token");
    }
    long length = (long) prompt.length + maxTokens;
    if (length > config.maxPositions()) {
      throw new EngineException("prompt of " + prompt.length + " and up to " + maxTokens
          + " new tokens exceed the model's context of " + config.maxPositions()
          + ": shorten one of them");
    }
    if (!lanes.getFirst().holds(length)) {
      throw new EngineException("prompt of " + prompt.length + " and up to " + maxTokens
          + " new tokens exceed the engine's cache: shorten one of them, or give the JVM more"
          + " memory, such as -Xmx16g");
    }
    for (int token : prompt) {
      checkToken(token);
    }
  }

  private void check(GenerationRequest request) {
    request.choice().logitBias().keySet().forEach(this::checkToken);
    if (request.alternatives() < 0 || request.alternatives() > config.vocabulary()) {
      throw new EngineException(request.alternatives()
          + " alternatives: choose 0 to the vocabulary's " + config.vocabulary());
    }
  }

  private void checkToken(int token) {
    if (token < 0 || token >= config.vocabulary()) {
      throw new EngineException(
          "token " + token + " is not in the vocabulary of " + config.vocabulary());
    }
  }

  /** The lane that has seen the start of this sequence, unless it is much busier than another. */
  private Lane lane(int[] tokens) {
    int hash = Arrays.hashCode(Arrays.copyOf(tokens, Math.min(tokens.length, AFFINITY_TOKENS)));
    Lane preferred = lanes.get(Math.floorMod(hash * 0x9E3779B1, lanes.size()));
    Lane idlest = preferred;
    for (Lane lane : lanes) {
      idlest = lane.load() < idlest.load() ? lane : idlest;
    }
    return preferred.load() > 2 * idlest.load() + 16 ? idlest : preferred;
  }

  /** Ends the lanes and frees their memory. Requests that are not done fail, as do later ones. */
  @Override
  public void close() {
    warmUp.cancel();
    for (int i = 0; i < lanes.size(); i++) {
      lanes.get(i).close(threads.get(i));
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    weights.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
