package dev.rowan.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {

  private static final Path HOME = Path.of("/rowan");

  @Test
  void aMachineWithoutExtrasIsHealthy() {
    Diagnosis diagnosis = new Diagnosis(new Hardware(FakeHost.BARE, HOME).findings());

    assertThat(diagnosis.healthy()).isTrue();
    assertThat(diagnosis.text())
        .contains("Cores", "2", "8.0 GiB", "avx2")
        .endsWith("Rowan can work here.");
  }

  @Test
  void tooLittleMemoryOrDiskIsEssentialAndSaysTheRemedy() {
    for (FakeHost host :
        List.of(FakeHost.BARE.withMemory(FakeHost.GIB), FakeHost.BARE.withDisk(FakeHost.GIB / 2))) {
      Diagnosis diagnosis = new Diagnosis(new Hardware(host, HOME).findings());

      assertThat(diagnosis.healthy()).isFalse();
      assertThat(diagnosis.text())
          .contains("NEEDED", "disables:", "remedy:")
          .endsWith("see what is NEEDED.");
    }
  }

  @Test
  void processorFeaturesAreWholeWords() {
    assertThat(named(
            "Processor",
            new Hardware(FakeHost.BARE.withCpuFlags("avx512f amx_bf16"), HOME).findings()))
        .isEqualTo(Finding.ok("Processor", "avx512f amx_bf16"));
    assertThat(named(
                "Processor",
                new Hardware(FakeHost.BARE.withCpuFlags("avx avx512fx"), HOME).findings())
            .state())
        .isEqualTo(Finding.State.MISSING);
  }

  @Test
  void aGpuIsNamed() {
    List<Finding> findings = new Hardware(
            FakeHost.BARE.with("nvidia-smi", "Card A, 1 GiB\nCard B, 2 GiB"), HOME)
        .findings();

    assertThat(named("GPU", findings).detail()).startsWith("Card A, 1 GiB; Card B, 2 GiB");
  }

  @Test
  void aProgramShowsTheFirstLineOfItsVersion() {
    List<Finding> findings = new Software(
            FakeHost.BARE.with("bwrap", "bubblewrap 0.8.0\nmore"), Optional::empty, Path.of("none"))
        .findings();

    assertThat(named("bubblewrap", findings))
        .isEqualTo(Finding.ok("bubblewrap", "bubblewrap 0.8.0"));
    assertThat(named("Lean", findings).state()).isEqualTo(Finding.State.MISSING);
    assertThat(named("libtorch", findings).state()).isEqualTo(Finding.State.OK);
  }

  @Test
  void aSandboxThatDoesNotWorkIsMissingAndSaysWhy() {
    List<Finding> findings = new Software(
            FakeHost.BARE.with("bwrap", "bubblewrap 0.4.0"),
            () -> Optional.of("too old"),
            Path.of("none"))
        .findings();

    assertThat(named("bubblewrap", findings).state()).isEqualTo(Finding.State.MISSING);
    assertThat(new Diagnosis(findings).text())
        .contains("bubblewrap 0.4.0", "disables: checking answers that are code", "too old");
  }

  @Test
  void aModelFolderIsMissingUntilEveryFileIsThere(@TempDir Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("models/rowan-nano"));
    Files.createFile(folder.resolve("config.json"));
    Files.createFile(folder.resolve("tokenizer.json"));

    assertThat(new Models(home).findings().getFirst().disabled())
        .endsWith("lacks model.safetensors");

    Files.createFile(folder.resolve("model.safetensors"));
    assertThat(new Models(home).findings().getFirst().state()).isEqualTo(Finding.State.OK);
  }

  private static Finding named(String name, List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
