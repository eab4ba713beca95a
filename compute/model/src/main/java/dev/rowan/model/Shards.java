package dev.rowan.model;

import dev.rowan.tensor.Tensor;
import dev.rowan.tensor.WeightRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The weights of a model folder: one safetensors file, or several with an index of which tensor lies where. */
final class Shards implements TensorSource, RowSource {

  static final String WHOLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final Map<String, SafeTensorsFile> files = new LinkedHashMap<>();
  private final Map<String, SafeTensorsFile> places = new LinkedHashMap<>();

  private Shards(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the files of a folder.
   *
   * @throws ModelException if one is missing or broken, or the index does not fit them
   */
  static Shards open(Path folder) {
    Shards shards = new Shards(folder);
    Path index = folder.resolve(INDEX);
    if (Files.exists(folder.resolve(WHOLE)) || !Files.exists(index)) {
      SafeTensorsFile file = shards.file(WHOLE);
      file.names().forEach(name -> shards.places.put(name, file));
    } else {
      places(index).forEach(shards::place);
    }
    return shards;
  }

  private SafeTensorsFile file(String name) {
    return files.computeIfAbsent(name, it -> SafeTensorsFile.open(folder.resolve(it)));
  }

  private void place(String tensor, String shard) {
    SafeTensorsFile file = file(shard);
    if (!file.names().contains(tensor)) {
      throw new ModelException("the checkpoint lacks the tensor '" + tensor + "' that its index"
          + " sees in " + folder.resolve(shard) + ": fetch the model again");
    }
    places.put(tensor, file);
  }

  private static Map<String, String> places(Path index) {
    Map<String, String> places = new HashMap<>();
    try {
      JsonNode map = JSON.readTree(Files.readString(index)).path("weight_map");
      map.properties()
          .forEach(entry -> places.put(entry.getKey(), entry.getValue().asString("")));
    } catch (IOException | JacksonException e) {
      throw new ModelException(index + " is not JSON: fetch the model again", e);
    }
    for (String shard : places.values()) {
      // An index comes from outside: it may name files of its own folder only.
      if (!shard.matches("[\\w.-]+\\.safetensors")) {
        throw new ModelException(index + " names '" + shard + "', which is no safetensors file of"
            + " its folder: fetch the model again");
      }
    }
    if (places.isEmpty()) {
      throw new ModelException(index + " names no tensors: fetch the model again");
    }
    return places;
  }

  @Override
  public Tensor tensor(String name) {
    return holding(name).tensor(name);
  }

  @Override
  public WeightRows rows(String name) {
    return holding(name).rows(name);
  }

  private SafeTensorsFile holding(String name) {
    SafeTensorsFile file = places.get(name);
    if (file == null) {
      throw new ModelException("the checkpoint in " + folder + " lacks the tensor '" + name
          + "': fetch the model again");
    }
    return file;
  }

  /** Copies of all tensors by name, in the current scope. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    places.keySet().forEach(name -> tensors.put(name, tensor(name)));
    return tensors;
  }

  /**
   * Writes tensors in the order of the map: to one file if they take up to {@code shardBytes}, else to as few as hold so
   * much each. A tensor larger than that has a file of its own.
   */
  static void write(Path folder, Map<String, Tensor> tensors, long shardBytes) throws IOException {
    List<Map<String, Tensor>> shards = split(tensors, shardBytes);
    if (shards.size() == 1) {
      SafeTensors.write(folder.resolve(WHOLE), tensors);
      Files.deleteIfExists(folder.resolve(INDEX));
      return;
    }
    ObjectNode index = JSON.createObjectNode();
    index
        .putObject("metadata")
        .put("total_size", tensors.values().stream().mapToLong(Shards::bytes).sum());
    ObjectNode places = index.putObject("weight_map");
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      SafeTensors.write(folder.resolve(name), shards.get(i));
      shards.get(i).keySet().forEach(tensor -> places.put(tensor, name));
    }
    Path temporary = folder.resolve(INDEX + ".tmp");
    Files.writeString(temporary, JSON.writeValueAsString(index));
    Files.move(
        temporary,
        folder.resolve(INDEX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(folder.resolve(WHOLE));
  }

  private static List<Map<String, Tensor>> split(Map<String, Tensor> tensors, long shardBytes) {
    List<Map<String, Tensor>> shards = new ArrayList<>();
    shards.add(new LinkedHashMap<>());
    long filled = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long bytes = bytes(tensor.getValue());
      if (filled > 0 && filled + bytes > shardBytes) {
        shards.add(new LinkedHashMap<>());
        filled = 0;
      }
      shards.getLast().put(tensor.getKey(), tensor.getValue());
      filled += bytes;
    }
    return shards;
  }

  private static long bytes(Tensor tensor) {
    return tensor.count() * tensor.dtype().bytes();
  }
}
