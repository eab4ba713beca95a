package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Hugging Face hub, or what speaks like one.
 *
 * @param endpoint its address, without a slash at the end
 * @param download how files come from there
 */
record Hub(String endpoint, Download download) {

  /** Names another hub than the one everybody means. */
  static final String ENDPOINT_VARIABLE = "HF_ENDPOINT";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SAFE_NAME = "[A-Za-z0-9][\\w.-]*";
  private static final String PARTS =
      "(config|generation_config|tokenizer|tokenizer_config|model\\.safetensors\\.index)\\.json"
          + "|chat_template\\.jinja|model(-\\d+-of-\\d+)?\\.safetensors";

  /**
   * The hub at an address, which may have a path.
   *
   * @throws ModelException if that is no address
   */
  static Hub at(String address, Download download) {
    if (!address.matches("[^?#]*") || WebAddress.of(address).isEmpty()) {
      throw new ModelException(ENDPOINT_VARIABLE + " is '" + address + "', which is no address of a"
          + " hub: set it to one such as https://huggingface.co");
    }
    return new Hub(address.replaceAll("/+$", ""), download);
  }

  /**
   * A file of a repository.
   *
   * @param name its name; no path
   * @param uri where its content is, of one fixed revision
   * @param expected its size, and its SHA-256 if the hub keeps it apart
   */
  record Remote(String name, URI uri, Fingerprint expected) {}

  /**
   * The files that make a model: those of a Hugging Face folder, or one GGUF file.
   *
   * @throws ModelException if there is no such repository, or it is not clear which file is meant
   */
  List<Remote> files(Source.Repository repository) throws InterruptedException {
    URI uri = URI.create(endpoint + "/api/models/" + repository.name() + "?blobs=true");
    JsonNode json;
    try {
      json = JSON.readTree(download.text(uri));
    } catch (JacksonException e) {
      throw new ModelException(
          uri + " answers with something else than JSON: check HF_ENDPOINT", e);
    }
    String revision = json.path("sha").asString("main");
    List<Remote> all = new ArrayList<>();
    for (JsonNode file : json.path("siblings")) {
      String name = file.path("rfilename").asString("");
      // Names come from outside: what is no plain name is never written to the disk.
      if (name.matches(SAFE_NAME) && revision.matches("\\w+")) {
        URI content =
            URI.create(endpoint + "/" + repository.name() + "/resolve/" + revision + "/" + name);
        all.add(new Remote(name, content, fingerprint(file)));
      }
    }
    return chosen(repository, all);
  }

  private static Fingerprint fingerprint(JsonNode file) {
    JsonNode size = file.path("size");
    return new Fingerprint(
        size.isIntegralNumber() ? Optional.of(size.asLong()) : Optional.empty(),
        Optional.of(file.path("lfs").path("sha256").asString(""))
            .filter(hash -> hash.matches("[0-9a-f]{64}")));
  }

  private static List<Remote> chosen(Source.Repository repository, List<Remote> all) {
    if (repository.file().isPresent()) {
      List<Remote> wanted =
          all.stream().filter(file -> file.name.equals(repository.file().get())).toList();
      return wanted.isEmpty() ? missing(repository, all) : wanted;
    }
    List<Remote> folder = all.stream().filter(file -> file.name.matches(PARTS)).toList();
    if (folder.stream().anyMatch(file -> file.name.endsWith(".safetensors"))) {
      return folder;
    }
    List<Remote> ggufs =
        all.stream().filter(file -> file.name.endsWith(".gguf")).toList();
    return ggufs.size() == 1 ? ggufs : missing(repository, ggufs);
  }

  private static List<Remote> missing(Source.Repository repository, List<Remote> there) {
    List<String> ggufs =
        there.stream().map(Remote::name).filter(name -> name.endsWith(".gguf")).toList();
    throw new ModelException(
        ggufs.isEmpty()
            ? "the repository " + repository.name() + " holds no model in safetensors or GGUF"
            : "say which file of " + repository.name() + " you mean, as " + repository.name() + ":"
                + ggufs.getFirst() + "; there are " + String.join(", ", ggufs));
  }
}
