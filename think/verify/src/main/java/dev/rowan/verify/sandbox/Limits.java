package dev.rowan.verify.sandbox;

import java.time.Duration;

/**
 * How much a job may take. A limit that is reached ends or fails the job, never the host.
 *
 * @param cpu processor time of each process, in whole seconds, then it is killed; {@link #FOREVER} for what serves long
 * @param memory bytes of address space of each process; {@link #UNLIMITED} for runtimes that reserve far more than they
 *     use and bound their heap themselves
 * @param processes processes and threads at once, the launcher's own two included
 * @param disk bytes of the scratch folder {@code /tmp}, which is memory, and of any one file
 */
public record Limits(Duration cpu, long memory, int processes, long disk) {

  /** No limit, for {@link #memory}. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** No limit, for {@link #cpu}. */
  public static final Duration FOREVER = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final long MIB = 1L << 20;

  /** Ten seconds, 1 GiB, 64 processes and threads, 64 MiB. */
  public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 1024 * MIB, 64, 64 * MIB);

  /** These limits with another processor time. */
  public Limits withCpu(Duration time) {
    return new Limits(time, memory, processes, disk);
  }

  /** These limits with another address space, in bytes. */
  public Limits withMemory(long bytes) {
    return new Limits(cpu, bytes, processes, disk);
  }

  /** These limits with another number of processes and threads. */
  public Limits withProcesses(int count) {
    return new Limits(cpu, memory, count, disk);
  }

  /** These limits with another size of {@code /tmp}, in bytes. */
  public Limits withDisk(long bytes) {
    return new Limits(cpu, memory, processes, bytes);
  }
}
