package dev.rowan.verify.lean;

import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The user's own Lean, 4.25 or newer, in a sandbox: what a proof makes it do while it is elaborated is native code. With a
 * Lake project that is built, such as one that depends on Mathlib, statements and proofs may use that project's library.
 */
public final class NativeLean implements Toolchain {

  /**
   * A built Lake project whose modules statements and proofs may use.
   *
   * @param folder of its lakefile
   * @param modules what is imported, such as {@code Mathlib}
   */
  public record Project(Path folder, List<String> modules) {

    /** Copies the list. */
    public Project {
      modules = List.copyOf(modules);
    }

    /** Where the project and what it depends on keep compiled modules. */
    List<Path> libraries() throws IOException {
      List<Path> found = new ArrayList<>();
      Path packages = folder.resolve(".lake/packages");
      List<Path> roots = new ArrayList<>(List.of(folder));
      if (Files.isDirectory(packages)) {
        try (Stream<Path> children = Files.list(packages)) {
          children.sorted().forEach(roots::add);
        }
      }
      for (Path root : roots) {
        Path library = root.resolve(".lake/build/lib/lean");
        if (Files.isDirectory(library)) {
          found.add(library.toAbsolutePath());
        }
      }
      if (found.isEmpty()) {
        throw new LeanException("no compiled modules under " + folder.resolve(".lake")
            + ": run 'lake build' there (for Mathlib 'lake exe cache get')");
      }
      return found;
    }
  }

  private static final long MEMORY = 16L << 30;

  private final Path lean;
  private final Optional<Project> project;
  private final Sandbox sandbox;
  private final Path scripts;

  /**
   * This Lean executable, in this sandbox.
   *
   * @throws LeanException if it does not say where its installation is
   */
  public NativeLean(Path lean, Optional<Project> project, Sandbox sandbox) throws IOException {
    // What elan puts on the PATH only chooses among Leans, by the folder that it runs in.
    this.lean = prefix(lean, project.map(Project::folder).orElse(Path.of("."))).resolve("bin/lean");
    this.project = project;
    this.sandbox = sandbox;
    this.scripts = Resources.folder("Judge.lean");
  }

  /** The executable of the user's Lean: under {@code LEAN_HOME}, on the {@code PATH}, or elan's default. */
  public static Optional<Path> find(Function<String, Optional<String>> environment) {
    Stream<Path> candidates = Stream.of(
            environment.apply("LEAN_HOME").map(home -> Path.of(home, "bin")).stream(),
            environment.apply("PATH").stream()
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator, -1)))
                .map(Path::of),
            environment.apply("HOME").map(home -> Path.of(home, ".elan/bin")).stream())
        .flatMap(folders -> folders)
        .map(folder -> folder.resolve("lean"));
    return candidates.filter(Files::isExecutable).findFirst();
  }

  private static Path prefix(Path lean, Path folder) throws IOException {
    String question = "'" + lean + " --print-prefix'";
    Process process = new ProcessBuilder(lean.toAbsolutePath().toString(), "--print-prefix")
        .directory(folder.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .start();
    String said = process.inputReader().lines().findFirst().orElse("nothing").strip();
    Path prefix = Path.of(said);
    if (!Files.isExecutable(prefix.resolve("bin/lean"))) {
      throw new LeanException(
          question + " names no Lean but says: " + said + "; choose another by LEAN_HOME");
    }
    return prefix.toRealPath();
  }

  @Override
  public String name() {
    return lean.toString();
  }

  @Override
  public Process start() throws IOException {
    List<Path> libraries = project.isPresent() ? project.get().libraries() : List.of();
    List<Path> readable = new ArrayList<>(libraries);
    readable.add(scripts);
    // bin/lean finds its library beside bin.
    Optional.ofNullable(lean.getParent()).map(Path::getParent).ifPresent(readable::add);
    String path =
        String.join(File.pathSeparator, libraries.stream().map(Path::toString).toList());
    List<String> command = new ArrayList<>(List.of("env", "LEAN_PATH=" + path));
    command.addAll(
        List.of(lean.toString(), "--run", scripts.resolve("Judge.lean").toString()));
    command.addAll(project.map(Project::modules).orElse(List.of("Init")));
    Limits limits = Limits.DEFAULT.withCpu(Limits.FOREVER).withMemory(MEMORY);
    return sandbox.start(Job.of(command.toArray(String[]::new))
        .reading(readable.toArray(Path[]::new))
        .withProc()
        .within(limits));
  }
}
