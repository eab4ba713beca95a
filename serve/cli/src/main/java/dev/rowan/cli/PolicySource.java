package dev.rowan.cli;

import java.nio.file.Path;

/** Opens the model in a folder or file. */
@FunctionalInterface
public interface PolicySource {

  /**
   * Loads the model and whatever goes with it.
   *
   * @throws UserException or {@link dev.rowan.model.ModelException} if there is no model that can be used
   */
  OpenPolicy open(Path path);
}
