package dev.rowan.cli;

import dev.rowan.tensor.DType;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the model in a folder or file. */
@FunctionalInterface
public interface PolicySource {

  /**
   * Loads the model and whatever goes with it.
   *
   * @param type element type of its products; nothing for the fastest that keeps to the model
   * @throws UserException or {@link dev.rowan.model.ModelException} if there is no model that can be used
   */
  OpenPolicy open(Path path, Optional<DType> type);
}
