package dev.rowan.verify.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Isolates jobs with <a href="https://github.com/containers/bubblewrap">bubblewrap</a>, an unprivileged user of the
 * kernel's namespaces. A job has no network, no capability and no way to a new namespace; it sees the system's programs
 * read-only, a {@code /dev} of harmless devices and a {@code /tmp} in memory. When the job ends, or this process does,
 * everything that it started is killed.
 *
 * <p>As root, bubblewrap alone is no protection: code inside could write to the host's {@code /usr}. So root first becomes
 * the user 65534 (nobody), who must be able to read what a job reads.
 */
public final class Bubblewrap implements Sandbox {

  private static final String NOBODY = "65534";

  private static final String REMEDY =
      "install bubblewrap 0.8 or newer (on Debian: apt-get install bubblewrap)"
          + " and let ordinary users create user namespaces";

  private static final List<String> ISOLATION = List.of(
      "bwrap",
      "--unshare-all",
      "--unshare-user",
      "--disable-userns",
      "--cap-drop",
      "ALL",
      "--die-with-parent",
      "--new-session",
      "--hostname",
      "sandbox",
      "--clearenv");

  /** Where the system keeps programs besides /usr: links into it, or on older systems folders. */
  private static final List<String> FOLDERS = List.of("/bin", "/lib", "/lib64", "/sbin");

  /** What the dynamic linker and Debian's alternatives need to find programs in /usr. */
  private static final List<String> FILES =
      List.of("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives");

  private final boolean root;

  private Bubblewrap(boolean root) {
    this.root = root;
  }

  /**
   * The sandbox of this machine, seen to work.
   *
   * @throws SandboxMissingException if this machine has none
   */
  public static Bubblewrap open() throws SandboxMissingException {
    try {
      Bubblewrap sandbox = new Bubblewrap(
          Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
      Execution.Outcome outcome =
          Execution.run(sandbox, Job.of("true"), new byte[0], Duration.ofSeconds(10));
      if (outcome.exit() != 0) {
        throw new SandboxMissingException("bubblewrap does not work here ("
            + outcome.stderr().strip().lines().findFirst().orElse("exit code " + outcome.exit())
            + "): " + REMEDY);
      }
      return sandbox;
    } catch (IOException e) {
      throw new SandboxMissingException("cannot isolate programs here: " + REMEDY);
    }
  }

  @Override
  public Process start(Job job) throws IOException {
    return Launch.start(new ProcessBuilder(Descriptors.opened(job, command(job))));
  }

  private List<String> command(Job job) {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
      command.addAll(List.of("--clear-groups", "--no-new-privs"));
    }
    command.addAll(ISOLATION);
    environment(command);
    files(command, job);
    if (job.filtered()) {
      command.addAll(List.of("--seccomp", Descriptors.FILTER));
    }
    command.add("--");
    command.addAll(Prlimit.prefix(job.limits(), true));
    command.addAll(job.command());
    return command;
  }

  private static void environment(List<String> command) {
    command.addAll(List.of("--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin"));
    command.addAll(List.of("--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8"));
  }

  private static void files(List<String> command, Job job) {
    command.addAll(List.of("--ro-bind", "/usr", "/usr"));
    FOLDERS.forEach(folder -> folder(command, Path.of(folder)));
    FILES.forEach(file -> command.addAll(List.of("--ro-bind-try", file, file)));
    command.addAll(List.of("--dev", "/dev", "--remount-ro", "/dev"));
    String size = Long.toString(job.limits().disk());
    command.addAll(List.of("--size", size, "--tmpfs", "/tmp"));
    if (job.proc()) {
      command.addAll(List.of("--proc", "/proc"));
    }
    for (Path path : job.readable()) {
      String place = path.toAbsolutePath().toString();
      command.addAll(List.of("--ro-bind", place, place));
    }
    command.addAll(List.of("--remount-ro", "/", "--chdir", "/tmp"));
  }

  private static void folder(List<String> command, Path folder) {
    if (Files.isSymbolicLink(folder)) {
      command.addAll(List.of("--symlink", "usr" + folder, folder.toString()));
    } else if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      command.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
    }
  }
}
