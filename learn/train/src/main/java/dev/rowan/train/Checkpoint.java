package dev.rowan.train;

import dev.rowan.model.ModelException;
import dev.rowan.model.SafeTensors;
import dev.rowan.tensor.RandomStream;
import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder that holds all that the next training step depends on: weights in fp32, the optimiser's state, the number of
 * steps, and the states of random streams. It appears whole or not at all: it is written under a temporary name, forced to
 * the disk and renamed.
 *
 * @param path the folder
 */
public record Checkpoint(Path path) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String WEIGHTS = "weights.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";

  /** Whether there is a whole checkpoint. */
  public boolean exists() {
    return Files.exists(path.resolve(STATE)) || Files.exists(previous().resolve(STATE));
  }

  /**
   * Saves a trainer, and streams by name; replaces what was there.
   *
   * @throws IOException if the disk is full or the folder cannot be written
   */
  public void save(Trainer<?> trainer, Map<String, RandomStream> streams) throws IOException {
    Path temporary = sibling(".tmp");
    deleteFolder(temporary);
    Files.createDirectories(temporary);
    try (Scope _ = Scope.open()) {
      SafeTensors.write(temporary.resolve(WEIGHTS), detached(trainer.parameters()));
      SafeTensors.write(
          temporary.resolve(OPTIMIZER), detached(trainer.optimizer().state()));
    }
    ObjectNode state = JSON.createObjectNode();
    state.put("steps", trainer.steps());
    ObjectNode states = state.putObject("streams");
    streams.forEach((name, stream) -> states.put(name, stream.state()));
    Files.writeString(
        temporary.resolve(STATE), JSON.writeValueAsString(state) + "\n", StandardCharsets.UTF_8);
    force(temporary.resolve(STATE));
    force(temporary);
    if (Files.exists(path)) {
      // A folder cannot replace another in one move: until the new one is in place, the old one
      // counts.
      deleteFolder(previous());
      Files.move(path, previous(), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    force(path.toAbsolutePath().resolveSibling(""));
    deleteFolder(previous());
  }

  /**
   * Puts a saved state back into a trainer of the same model and optimiser, and returns the streams by name.
   *
   * @throws ModelException if the folder is missing, damaged, or belongs to another model
   */
  public Map<String, RandomStream> restore(Trainer<?> trainer) {
    Path folder = Files.exists(path.resolve(STATE)) ? path : previous();
    JsonNode state = state(folder.resolve(STATE));
    try (Scope _ = Scope.open()) {
      Map<String, Tensor> weights = SafeTensors.read(folder.resolve(WEIGHTS));
      trainer.parameters().forEach((name, tensor) -> {
        Tensor saved = weights.get(name);
        if (saved == null) {
          throw new ModelException(
              "the checkpoint " + folder + " lacks '" + name + "': it belongs to another model");
        }
        tensor.detach().copyInPlace(saved);
      });
      trainer.optimizer().restore(SafeTensors.read(folder.resolve(OPTIMIZER)));
    }
    trainer.resumeAt(state.path("steps").asLong());
    Map<String, RandomStream> streams = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> stream : state.path("streams").properties()) {
      streams.put(stream.getKey(), new RandomStream(stream.getValue().asLong()));
    }
    return streams;
  }

  private static JsonNode state(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new ModelException("no readable checkpoint at " + file.getParent() + ": start anew", e);
    } catch (JacksonException e) {
      throw new ModelException(file + " is damaged: delete the checkpoint and start anew", e);
    }
  }

  private static Map<String, Tensor> detached(Map<String, Tensor> tensors) {
    Map<String, Tensor> detached = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> detached.put(name, tensor.detach()));
    return detached;
  }

  private Path previous() {
    return sibling(".old");
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (Files.exists(folder)) {
      for (String name : List.of(STATE, WEIGHTS, OPTIMIZER)) {
        Files.deleteIfExists(folder.resolve(name));
        Files.deleteIfExists(folder.resolve(name + ".tmp"));
      }
      Files.delete(folder);
    }
  }
}
