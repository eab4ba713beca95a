package dev.rowan.verify.sandbox;

import java.util.List;

/** The limits of the kernel, set by {@code prlimit} on itself before it becomes the program. */
final class Prlimit {

  private static final int OPEN_FILES = 256;

  private Prlimit() {}

  /** The words before the program. Where many programs share a user, their number is not limited. */
  static List<String> prefix(Limits limits, boolean ownUser) {
    return List.of(
        "prlimit",
        "--cpu=" + Math.max(1, limits.cpu().toSeconds()),
        "--as=" + (limits.memory() == Limits.UNLIMITED ? "unlimited" : limits.memory()),
        ownUser ? "--nproc=" + limits.processes() : "--nproc",
        "--fsize=" + limits.disk(),
        "--nofile=" + OPEN_FILES,
        "--core=0",
        "--");
  }
}
