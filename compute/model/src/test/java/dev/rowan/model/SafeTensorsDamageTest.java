package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.tensor.Scope;
import dev.rowan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A damaged weights file is refused, or read as some tensors: nothing else happens. */
final class SafeTensorsDamageTest {

  @Property(tries = 200)
  void damageIsRefusedOrHarmless(@ForAll @IntRange(max = 1000) int place, @ForAll byte value)
      throws IOException {
    Path file = Files.createTempFile("damaged", ".safetensors");
    try (Scope _ = Scope.open()) {
      SafeTensors.write(
          file,
          Map.of(
              "a", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), "b", Tensor.of(new long[] {5, 6})));
      byte[] bytes = Files.readAllBytes(file);
      bytes[place % bytes.length] = value;
      Files.write(file, bytes);
      long total = SafeTensors.read(file).values().stream()
          .mapToLong(tensor -> tensor.count() * tensor.dtype().bytes())
          .sum();
      assertThat(total).isEqualTo(32);
    } catch (ModelException refused) {
      assertThat(refused).hasMessageContaining(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
