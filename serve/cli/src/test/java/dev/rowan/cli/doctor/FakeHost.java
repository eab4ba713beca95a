package dev.rowan.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine made of what a test says. */
record FakeHost(long memory, long disk, String cpuFlags, Map<String, String> programs)
    implements Host {

  static final long GIB = 1L << 30;

  static final FakeHost BARE = new FakeHost(8 * GIB, 10 * GIB, "avx2", Map.of());

  FakeHost withMemory(long bytes) {
    return new FakeHost(bytes, disk, cpuFlags, programs);
  }

  FakeHost withDisk(long bytes) {
    return new FakeHost(memory, bytes, cpuFlags, programs);
  }

  FakeHost withCpuFlags(String flags) {
    return new FakeHost(memory, disk, flags, programs);
  }

  FakeHost with(String program, String output) {
    return new FakeHost(memory, disk, cpuFlags, Map.of(program, output));
  }

  @Override
  public int cores() {
    return 2;
  }

  @Override
  public long freeSpace(Path path) {
    return disk;
  }

  @Override
  public Optional<String> text(Path file) {
    return Optional.of("processor : 0\nflags\t\t: fpu " + cpuFlags + "\n");
  }

  @Override
  public Optional<Path> program(String name) {
    return programs.containsKey(name) ? Optional.of(Path.of("/usr/bin", name)) : Optional.empty();
  }

  @Override
  public Optional<String> output(List<String> command) {
    return Optional.ofNullable(
        programs.get(Path.of(command.getFirst()).getFileName().toString()));
  }
}
