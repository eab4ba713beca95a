package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Brings models into the store. A pull that was broken off goes on where it was. */
public final class Pull {

  /** The hub that names of repositories are looked up on, unless {@link #ENDPOINT_VARIABLE} names another. */
  private static final String HUB = "https://huggingface.co";

  /** Names another hub. */
  public static final String ENDPOINT_VARIABLE = "HF_ENDPOINT";

  /** The key to models whose terms one has to accept. */
  public static final String TOKEN_VARIABLE = "HF_TOKEN";

  private final ModelStore store;
  private final PullListener listener;
  private final URI endpoint;
  private final Download fromHub;
  private final Download fromElsewhere;

  /** Pulls into {@code store}; hub and token are read from {@code environment}. */
  public Pull(
      ModelStore store, Function<String, Optional<String>> environment, PullListener listener) {
    this(store, environment, listener, Duration.ofSeconds(1), Download.TIMEOUT);
  }

  Pull(
      ModelStore store,
      Function<String, Optional<String>> environment,
      PullListener listener,
      Duration pause,
      Duration silence) {
    this.store = store;
    this.listener = listener;
    this.endpoint = URI.create(environment.apply(ENDPOINT_VARIABLE).orElse(HUB));
    var client = Download.client();
    this.fromHub =
        new Download(client, environment.apply(TOKEN_VARIABLE), pause, silence, listener);
    this.fromElsewhere = new Download(client, Optional.empty(), pause, silence, listener);
  }

  /**
   * Brings a model.
   *
   * @param source where it is from
   * @param name what to call it; otherwise it is called what its source calls it
   * @return the model as it is kept now
   * @throws ModelException if it cannot be had, or is none
   */
  public ModelStore.Kept pull(Source source, Optional<String> name) throws InterruptedException {
    String key = name.orElse(nameOf(source));
    if (!key.matches("[A-Za-z0-9][\\w.+-]*(/[A-Za-z0-9][\\w.+-]*)?")) {
      throw new ModelException(
          "'" + key + "' is no name for a model: give letters, digits, dots" + " and dashes");
    }
    Path staging = store.root().resolve("pulls").resolve(key);
    try {
      Files.createDirectories(staging);
      switch (source) {
        case Source.Local(Path path) -> local(path, staging);
        case Source.Address(URI uri) -> address(uri, staging);
        case Source.Repository repository -> repository(repository, staging);
        case Source.PythonPackage(String requirement) ->
          wheel(pip(requirement, staging), staging, true);
      }
      // What is no model is refused here, before it has a name.
      ModelStore.files(staging).config();
      return keep(staging, name.orElseGet(() -> better(key, source, staging)));
    } catch (IOException e) {
      throw new ModelException(
          "cannot write to " + store.root() + " (" + e.getMessage() + "): make room, or set "
              + ModelStore.HOME_VARIABLE,
          e);
    }
  }

  private static String nameOf(Source source) {
    return switch (source) {
      case Source.Local(Path path) ->
        withoutEnding(String.valueOf(path.toAbsolutePath().normalize().getFileName()));
      case Source.Address(URI uri) -> withoutEnding(uri.getPath().replaceAll(".*/", ""));
      case Source.Repository(String name, Optional<String> file) ->
        file.map(Pull::withoutEnding).orElse(name);
      case Source.PythonPackage(String requirement) -> requirement.replaceAll("=.*", "");
    };
  }

  private static String withoutEnding(String file) {
    return file.replaceAll("\\.(gguf|whl)$", "");
  }

  /** A wheel is called what its GGUF file is called. */
  private static String better(String key, Source source, Path staging) throws ModelException {
    boolean wheel = source instanceof Source.PythonPackage
        || (source instanceof Source.Local(Path path) && path.toString().endsWith(".whl"))
        || (source instanceof Source.Address(URI uri) && uri.getPath().endsWith(".whl"));
    return wheel ? withoutEnding(String.valueOf(Wheel.gguf(staging).getFileName())) : key;
  }

  private void local(Path path, Path staging) throws IOException {
    String name = String.valueOf(path.getFileName());
    if (name.endsWith(".whl")) {
      wheel(path, staging, false);
    } else if (Files.isRegularFile(path)) {
      copy(path, staging.resolve(name));
    } else {
      for (Path file : folder(path)) {
        copy(file, staging.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private static List<Path> folder(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file ->
              String.valueOf(file.getFileName()).matches(".*\\.(json|safetensors|jinja|gguf)"))
          .sorted()
          .toList();
    }
  }

  private void copy(Path from, Path to) throws IOException {
    listener.file(String.valueOf(from.getFileName()), 0, Files.size(from));
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    listener.bytes(Files.size(to));
  }

  private void address(URI uri, Path staging) throws IOException, InterruptedException {
    String name = uri.getPath().replaceAll(".*/", "");
    if (!name.matches("[A-Za-z0-9][\\w.+-]*\\.(gguf|whl)")) {
      throw new ModelException(uri + " does not end in a .gguf or .whl file: give the file itself,"
          + " or OWNER/NAME for a repository");
    }
    fromElsewhere.file(uri, staging.resolve(name), Fingerprint.UNKNOWN);
    if (name.endsWith(".whl")) {
      wheel(staging.resolve(name), staging, true);
    }
  }

  private void repository(Source.Repository repository, Path staging) throws InterruptedException {
    for (Hub.Remote file : new Hub(endpoint, fromHub).files(repository)) {
      fromHub.file(file.uri(), staging.resolve(file.name()), file.expected());
    }
  }

  private void wheel(Path wheel, Path staging, boolean delete) throws IOException {
    new Wheel(wheel, listener).unpack(staging);
    if (delete) {
      Files.delete(wheel);
    }
  }

  private Path pip(String requirement, Path staging) throws InterruptedException {
    listener.file("pip:" + requirement, 0, -1);
    return Wheel.download(requirement, staging);
  }

  private ModelStore.Kept keep(Path staging, String name) throws IOException {
    Path target = store.models().resolve(name);
    Files.createDirectories(target);
    remove(target);
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    return store.find(name).orElseThrow();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
