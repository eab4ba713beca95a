package dev.rowan.cli;

import java.nio.file.Path;

/** Opens the model in a folder. */
@FunctionalInterface
public interface PolicySource {

  /**
   * Loads the model and whatever goes with it.
   *
   * @throws UserException or {@link dev.rowan.model.ModelException} if the folder holds no model that can be used
   */
  OpenPolicy open(Path folder);
}
