package dev.rowan.verify.sandbox;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs jobs with limits and nothing else: as the user, with the user's files and network. Only for machines without a
 * sandbox and programs that the user would run anyway.
 */
public final class Bare implements Sandbox {

  @Override
  public Process start(Job job) throws IOException {
    List<String> command = new ArrayList<>(Prlimit.prefix(job.limits(), false));
    command.addAll(job.command());
    ProcessBuilder builder = new ProcessBuilder(Descriptors.opened(job, command));
    builder.directory(new File(System.getProperty("java.io.tmpdir")));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH"));
    environment.put("LANG", "C.UTF-8");
    return builder.start();
  }

  @Override
  public boolean isolates() {
    return false;
  }
}
