package dev.rowan.cli;

import dev.rowan.policy.openai.Endpoint;
import dev.rowan.policy.openai.RemotePolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens what writes: the model in a folder, or one behind an endpoint.
 *
 * @param local opens model folders
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

  /** The model in this folder; the shipped one if none is given. */
  OpenPolicy openFolder(Optional<Path> folder) {
    Path model = folder.orElse(home.resolve(SHIPPED));
    if (!Files.isRegularFile(model.resolve("config.json"))) {
      throw new UserException(
          Exit.MODEL,
          "no model in " + model
              + " (no config.json): give a model folder with --model, or an endpoint with --upstream");
    }
    return local.open(model);
  }

  /** The model behind this endpoint. */
  static OpenPolicy openEndpoint(Endpoint endpoint) {
    RemotePolicy policy = new RemotePolicy(endpoint);
    String name = endpoint.model() + " at " + endpoint.base();
    return new OpenPolicy(name, policy, Optional.empty(), problem -> problem, policy::close);
  }
}
