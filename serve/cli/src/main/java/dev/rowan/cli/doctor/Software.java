package dev.rowan.cli.doctor;

import dev.rowan.tensor.Torch;
import dev.rowan.verify.lean.LeanInstall;
import dev.rowan.verify.lean.WasmLean;
import dev.rowan.verify.sandbox.Bubblewrap;
import dev.rowan.verify.sandbox.SandboxMissingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * JDK, numerics library and the programs that Rowan works with.
 *
 * @param host the machine
 * @param sandbox tries whether programs can be isolated here, and says why not
 * @param leanFolder where {@code rowan lean install} puts Lean
 */
public record Software(Host host, Supplier<Optional<String>> sandbox, Path leanFolder) {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** The software of this machine. */
  public Software(Host host, Path leanFolder) {
    this(host, Software::sandboxFault, leanFolder);
  }

  /** What was found. */
  public List<Finding> findings() {
    return List.of(jdk(), vectors(), numerics(), bubblewrap(), lean(), chromium());
  }

  private static Finding jdk() {
    return Finding.ok("JDK", Runtime.version() + ", " + System.getProperty("java.home"));
  }

  private static Finding vectors() {
    // The module may stand in a layer above the boot layer, so ask for a class of it instead of for
    // the module.
    try {
      Class.forName(VECTOR_MODULE + ".FloatVector", false, ClassLoader.getSystemClassLoader());
      return Finding.ok("Vector API", VECTOR_MODULE);
    } catch (ClassNotFoundException e) {
      return Finding.essential(
          "Vector API",
          "",
          "sampling from a local model",
          "start through ./rowan, or add --add-modules=" + VECTOR_MODULE);
    }
  }

  private static Finding numerics() {
    try {
      Torch.load();
      return Finding.ok(
          "libtorch", "BLAS " + Torch.blas() + ", instructions " + Torch.cpuCapability());
    } catch (LinkageError e) {
      return Finding.essential(
          "libtorch",
          firstLine(e),
          "local models: sampling and training",
          "use Linux on x86-64 with glibc 2.28 or newer, and keep ~/.javacpp/cache writable");
    }
  }

  private static String firstLine(LinkageError error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("does not load");
  }

  private Finding bubblewrap() {
    Finding found = program(
        "bubblewrap",
        List.of("bwrap"),
        "checking answers that are code; rowan verify refuses them without --unsafe-no-sandbox",
        "apt-get install bubblewrap");
    Optional<String> fault = found.state() == Finding.State.OK ? sandbox.get() : Optional.empty();
    return fault
        .map(cause -> new Finding(
            "bubblewrap",
            Finding.State.MISSING,
            found.detail(),
            "checking answers that are code",
            cause))
        .orElse(found);
  }

  /** Why programs cannot be isolated here; empty if they can. */
  private static Optional<String> sandboxFault() {
    try {
      Bubblewrap.open();
      return Optional.empty();
    } catch (SandboxMissingException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Finding lean() {
    Finding own = program("Lean", List.of("lean"), "checking proofs", "./rowan lean install");
    return own.state() == Finding.State.MISSING && WasmLean.isIn(leanFolder)
        ? Finding.ok("Lean", LeanInstall.VERSION + ", " + leanFolder)
        : own;
  }

  private Finding chromium() {
    return program(
        "Chromium",
        List.of("chromium", "chromium-browser", "google-chrome"),
        "the report's tests in ./rowan test; reports open in any browser",
        "apt-get install chromium");
  }

  private Finding program(String name, List<String> commands, String disabled, String remedy) {
    return commands.stream()
        .map(host::program)
        .flatMap(Optional::stream)
        .findFirst()
        .map(path -> Finding.ok(name, version(path)))
        .orElse(Finding.missing(name, disabled, remedy));
  }

  private String version(Path program) {
    return host.output(List.of(program.toString(), "--version"))
        .flatMap(text -> text.lines().findFirst())
        .orElse(program.toString());
  }
}
