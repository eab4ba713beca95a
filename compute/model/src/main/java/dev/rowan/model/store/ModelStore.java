package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFiles;
import dev.rowan.model.ModelFolder;
import dev.rowan.model.gguf.GgufModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The models kept on this machine, each in a folder of its name.
 *
 * @param root the store's own folder
 */
public record ModelStore(Path root) {

  /** What moves the store to another folder. */
  public static final String HOME_VARIABLE = "ROWAN_HOME";

  /**
   * A model that is kept.
   *
   * @param name what it is called: {@code NAME} or {@code OWNER/NAME}
   * @param path its folder
   * @param bytes what its files take
   */
  public record Kept(String name, Path path, long bytes) {}

  /** The store of this user: {@code $ROWAN_HOME}, or {@code ~/.cache/rowan}. */
  public static ModelStore of(Function<String, Optional<String>> environment) {
    return new ModelStore(environment
        .apply(HOME_VARIABLE)
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home", ""), ".cache", "rowan")));
  }

  /** Where models stand. */
  Path models() {
    return root.resolve("models");
  }

  /**
   * The folder of a model of this name, whether it is there or not.
   *
   * @throws ModelException if it would lie in another model's folder, or what is there is more than a model
   */
  Path folder(ModelName name) {
    Path folder = models().resolve(name.text());
    Path above = models().relativize(folder.resolveSibling(""));
    if (!above.toString().isEmpty() && isModel(models().resolve(above))) {
      throw new ModelException("'" + name.text() + "' would lie inside the model '" + above
          + "': give another name with --as");
    }
    if (Files.exists(folder) && !holdsFilesOnly(folder)) {
      throw new ModelException("'" + name.text() + "' is taken: " + folder + " holds more than one"
          + " model's files; give another name with --as");
    }
    return folder;
  }

  /** Models lie flat: a folder with folders in it is none, or is also the owner of others. */
  private static boolean holdsFilesOnly(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new ModelException("cannot read " + folder + ": make it readable", e);
    }
  }

  /**
   * Takes a folder in as a model. One that had the name goes when the new one stands.
   *
   * @throws IOException if it cannot be moved here; the store is as it was then
   */
  Kept keep(ModelName name, Path files) throws IOException {
    Path folder = folder(name);
    Files.createDirectories(folder.resolveSibling(""));
    Path old = files.resolveSibling("old");
    boolean replaces = Files.exists(folder);
    if (replaces) {
      Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(files, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    Staging.remove(old);
    return new Kept(name.text(), folder, bytes(folder));
  }

  /** All models, by name. */
  public List<Kept> list() {
    if (!Files.isDirectory(models())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.walk(models(), 2)) {
      return folders
          .filter(ModelStore::isModel)
          .map(folder -> new Kept(
              models().relativize(folder).toString().replace('\\', '/'), folder, bytes(folder)))
          .sorted(Comparator.comparing(Kept::name))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException("cannot read " + models() + ": make it readable", e);
    }
  }

  /** The model of this name; that of its owner may be left out where it is clear, and case does not matter. */
  public Optional<Kept> find(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    List<Kept> all = list();
    return all.stream()
        .filter(kept -> kept.name().equals(name))
        .findFirst()
        .or(() -> all.stream()
            .filter(kept -> kept.name().toLowerCase(Locale.ROOT).equals(wanted))
            .findFirst())
        .or(() -> {
          List<Kept> alike = all.stream()
              .filter(kept -> kept.name().toLowerCase(Locale.ROOT).endsWith("/" + wanted))
              .toList();
          return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
        });
  }

  /**
   * Where a model is: the path itself if there is such a folder or file, else the model of this name.
   *
   * @throws ModelException if there is neither
   */
  public Path locate(String model) {
    Path path = Path.of(model);
    if (!model.isEmpty() && Files.exists(path)) {
      return path;
    }
    return find(model)
        .map(Kept::path)
        .orElseThrow(() -> new ModelException("no model '" + model
            + "': it is no folder, no GGUF file, and not among the kept ones (see 'rowan models');"
            + " 'rowan pull " + model + "' fetches it"));
  }

  /**
   * The model in a folder or file.
   *
   * @throws ModelException if there is none
   */
  public static ModelFiles files(Path path) {
    if (Files.isRegularFile(path)) {
      return new GgufModel(path);
    }
    if (Files.isRegularFile(path.resolve("config.json"))) {
      return new ModelFolder(path);
    }
    List<Path> files = ggufs(path);
    if (files.size() != 1) {
      throw new ModelException("no model in " + path + " (no config.json, and "
          + (files.isEmpty() ? "no GGUF file" : files.size() + " GGUF files")
          + "): give a model's folder or file, or the name of one of 'rowan models'");
    }
    return new GgufModel(files.getFirst());
  }

  private static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve("config.json")) || !ggufs(folder).isEmpty();
  }

  private static List<Path> ggufs(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".gguf")).sorted().toList();
    } catch (IOException e) {
      throw new ModelException("cannot read " + folder + ": make it readable", e);
    }
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
