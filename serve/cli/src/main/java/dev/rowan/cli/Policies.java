package dev.rowan.cli;

import dev.rowan.model.store.ModelStore;
import dev.rowan.policy.openai.Endpoint;
import dev.rowan.policy.openai.RemotePolicy;
import dev.rowan.tensor.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens what writes: a model on this machine, or one behind an endpoint.
 *
 * @param local opens models on this machine
 * @param environment the variables to look for an API key in
 * @param home where Rowan is; the shipped model is there
 */
record Policies(PolicySource local, Function<String, Optional<String>> environment, Path home) {

  static final String SHIPPED = "models/rowan-nano";

  /** With this process's environment. */
  static Policies ofThisMachine() {
    Path home = Path.of(System.getProperty("rowan.home", ""));
    return new Policies(
        new LocalModels(),
        name -> Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank()),
        home);
  }

  /** Where pulled models are kept. */
  ModelStore store() {
    return ModelStore.of(environment);
  }

  /** Where a model is, by path or name; the shipped one if none is given. */
  Path locate(Optional<String> model) {
    Path path = model.map(store()::locate).orElse(home.resolve(SHIPPED));
    if (!Files.isRegularFile(path)) {
      // Says what is missing before anything is loaded.
      ModelStore.files(path);
    }
    return path;
  }

  /** The model of this path or name; the shipped one if none is given. */
  OpenPolicy openLocal(Optional<String> model, Optional<DType> type) {
    return local.open(locate(model), type);
  }

  /** The model behind this endpoint. */
  static OpenPolicy openEndpoint(Endpoint endpoint) {
    RemotePolicy policy = new RemotePolicy(endpoint);
    String name = endpoint.model() + " at " + endpoint.base();
    return new OpenPolicy(name, policy, Optional.empty(), problem -> problem, policy::close)
        .chatting(Wordings.DEFAULT_SYSTEM);
  }
}
