package dev.rowan.verify.code;

import dev.rowan.core.Reference;
import dev.rowan.core.Verdict;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Warm lanes, one for each processor. One that was harmed, that is gone, or in which an answer has left a trace, is thrown
 * away.
 */
final class Lanes implements AutoCloseable {

  private final Sandbox sandbox;
  private final Limits limits;
  private final Duration wall;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
  private final Set<Lane> all = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService guard =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  Lanes(Sandbox sandbox, Limits limits, Duration wall, int count) {
    this.sandbox = sandbox;
    this.limits = limits;
    this.wall = wall;
    free = new Semaphore(count);
  }

  /**
   * Checks in a lane of its own.
   *
   * @throws IOException if the lane cannot be started or goes down
   */
  Verdict check(Reference.UnitTests unit, List<String> readings)
      throws IOException, BadTestsException, InterruptedException {
    free.acquire();
    try {
      Lane lane = take();
      try {
        return guarded(lane, unit, readings);
      } finally {
        giveBack(lane);
      }
    } finally {
      free.release();
    }
  }

  private Lane take() throws IOException {
    Optional<Lane> warm = Optional.ofNullable(idle.pollFirst());
    if (warm.isPresent() && warm.get().usable()) {
      return warm.get();
    }
    warm.ifPresent(this::drop);
    Lane lane = Lane.start(sandbox, limits, wall);
    all.add(lane);
    return lane;
  }

  /** The fork servers keep time themselves; this is for one that an answer has brought down or stopped. */
  private Verdict guarded(Lane lane, Reference.UnitTests unit, List<String> readings)
      throws IOException, BadTestsException, InterruptedException {
    long programs =
        unit.tests() instanceof Reference.Tests.Pairs pairs ? pairs.pairs().size() : 1;
    ScheduledFuture<?> end =
        guard.schedule(lane::close, wall.toMillis() * programs + 5000, TimeUnit.MILLISECONDS);
    try {
      return lane.check(unit, readings);
    } finally {
      end.cancel(false);
    }
  }

  private void giveBack(Lane lane) {
    if (lane.usable()) {
      idle.addFirst(lane);
    } else {
      drop(lane);
    }
  }

  private void drop(Lane lane) {
    all.remove(lane);
    lane.close();
  }

  @Override
  public void close() {
    guard.shutdownNow();
    all.forEach(Lane::close);
  }
}
