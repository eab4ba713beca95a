package dev.rowan.verify.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens what a job gets besides its three streams: a shell does so before it becomes the command. */
final class Descriptors {

  /** Where the system call filter is read from. */
  static final String FILTER = "9";

  private static final int FIRST_PIPE = 5;

  private Descriptors() {}

  /** The command, with the descriptors open that the job needs. */
  static List<String> opened(Job job, List<String> command) {
    StringBuilder script = new StringBuilder();
    List<String> arguments = new ArrayList<>();
    int descriptor = FIRST_PIPE;
    for (Path pipe : job.pipes()) {
      script.append("[ -p \"$1\" ] || mkfifo -m 600 \"$1\"; exec %d<>\"$1\"; shift\n"
          .formatted(descriptor++));
      arguments.add(pipe.toString());
    }
    for (Path file : job.files()) {
      script.append("exec %d<\"$1\" || exit; shift\n".formatted(descriptor++));
      arguments.add(file.toString());
    }
    if (job.filtered()) {
      // A pipe, for a file could be left behind; bytes travel as escapes, for arguments end at a
      // zero.
      script.append("exec %s< <(printf \"$1\"); shift\n".formatted(FILTER));
      arguments.add(escapes(SyscallFilter.program().orElse(new byte[0])));
    }
    if (arguments.isEmpty()) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("bash", "-c", script + "exec \"$@\"", "bash"));
    whole.addAll(arguments);
    whole.addAll(command);
    return whole;
  }

  private static String escapes(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      text.append("\\x%02x".formatted(each));
    }
    return text.toString();
  }
}
