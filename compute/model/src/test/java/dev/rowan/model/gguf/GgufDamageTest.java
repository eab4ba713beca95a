package dev.rowan.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file claims is checked against what it is before anything is made of it. */
final class GgufDamageTest {

  private static final long HUGE = Long.MAX_VALUE;
  private static final long NEGATIVE = -1;

  private static GgufBytes one(long type, long offset, long... sizes) {
    return GgufBytes.header(1, 0).tensor("a", type, offset, sizes).aligned().zeros(64);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("nothing", new GgufBytes(), "in the middle"),
        Arguments.of("another magic", new GgufBytes().u32(7).u32(3).zeros(64), "starts with 7"),
        Arguments.of("an old version", new GgufBytes().u32(0x46554747).u32(1), "version 1"),
        Arguments.of("many tensors", GgufBytes.header(HUGE, 0).zeros(64), "tensors"),
        Arguments.of("negative tensors", GgufBytes.header(NEGATIVE, 0).zeros(64), "tensors"),
        Arguments.of("many values", GgufBytes.header(0, 1 << 20).zeros(64), "values"),
        Arguments.of(
            "a long key",
            GgufBytes.header(0, 1).u64(HUGE).zeros(64),
            "text of 9223372036854775807"),
        Arguments.of("a key beyond the end", GgufBytes.header(0, 1).u64(1000).zeros(64), "middle"),
        Arguments.of("an unknown type", GgufBytes.header(0, 1).value("k", 99).zeros(64), "type 99"),
        Arguments.of("a type beyond int", GgufBytes.header(0, 1).value("k", -1).zeros(64), "type"),
        Arguments.of(
            "a huge array",
            GgufBytes.header(0, 1).value("k", 9).u32(8).u64(HUGE).zeros(64),
            "values in an array"),
        Arguments.of(
            "arrays in arrays",
            GgufBytes.header(0, 1).value("k", 9).u32(9).u64(1).zeros(64),
            "array of arrays"),
        Arguments.of("no dimensions", one(0, 0), "0 dimensions"),
        Arguments.of("many dimensions", one(0, 0, 1, 1, 1, 1, 1), "5 dimensions"),
        Arguments.of("empty rows", one(0, 0, 0), "rows of 0"),
        Arguments.of("long rows", one(0, 0, HUGE), "rows of 9223372036854775807"),
        Arguments.of("rows beyond long", one(0, 0, 1L << 31, 1L << 31, 1L << 31), "'a'"),
        Arguments.of("product beyond int", one(0, 0, 1 << 20, 1 << 20, 1 << 20), "'a'"),
        Arguments.of("more than there is", one(0, 0, 17), "beyond the end"),
        Arguments.of("much more", one(0, 0, 1 << 30, 1 << 30), "beyond the end"),
        Arguments.of("half a block", one(2, 0, 48), "rows of 48"),
        Arguments.of("a start beyond the end", one(0, 96, 1), "start at byte 96"),
        Arguments.of("a huge start", one(0, HUGE - 31, 1), "start at byte"),
        Arguments.of("a negative start", one(0, -32, 1), "start at byte 18446744073709551584"),
        Arguments.of("a crooked start", one(0, 4, 1), "start at byte 4"),
        Arguments.of("an unknown packing", one(11, 0, 256), "Q3_K"),
        Arguments.of(
            "an alignment of 0",
            GgufBytes.header(0, 1).value("general.alignment", 4).u32(0),
            "alignment of 0"),
        Arguments.of(
            "one tensor over another",
            GgufBytes.header(2, 0)
                .tensor("a", 0, 0, 16)
                .tensor("b", 0, 32, 8)
                .aligned()
                .zeros(64),
            "'b' lies over another"),
        Arguments.of(
            "two of one name",
            GgufBytes.header(2, 0)
                .tensor("a", 0, 0, 8)
                .tensor("a", 0, 32, 8)
                .aligned()
                .zeros(64),
            "two tensors 'a'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void liesAreNamed(String what, GgufBytes bytes, String named) throws IOException {
    Path file = Files.createTempFile("lie", ".gguf");
    try {
      Files.write(file, bytes.bytes());
      assertThatThrownBy(() -> GgufFile.open(file))
          .as(what)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(named)
          .message()
          .doesNotContain("\n");
    } finally {
      Files.delete(file);
    }
  }

  /** A file may be as large as it claims and still hold nothing: it is not read to its end. */
  @ParameterizedTest
  @MethodSource("sparse")
  void hugeFilesOfZerosAreRefusedUnread(GgufBytes start, String named) throws IOException {
    Path path = Files.createTempFile("sparse", ".gguf");
    try {
      Files.write(path, start.bytes());
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(1L << 40);
      }
      assertThatThrownBy(() -> GgufFile.open(path))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(named);
    } finally {
      Files.delete(path);
    }
  }

  static Stream<Arguments> sparse() {
    return Stream.of(
        Arguments.of(GgufBytes.header(1 << 20, 0), "tensors"),
        Arguments.of(GgufBytes.header(0, 1 << 20), "values"),
        Arguments.of(
            GgufBytes.header(0, 1).value("k", 9).u32(8).u64(1 << 30), "values in an array"),
        Arguments.of(GgufBytes.header(0, 1).u64(1 << 30), "text of 1073741824 bytes"));
  }

  private static byte[] honest() throws IOException, URISyntaxException {
    return Files.readAllBytes(
        Path.of(Objects.requireNonNull(GgufDamageTest.class.getResource("/gguf/blocks.gguf"))
            .toURI()));
  }

  private static void opensOrIsRefused(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("damaged", ".gguf");
    try {
      Files.write(path, bytes);
      try {
        assertThat(GgufFile.open(path).path()).isEqualTo(path);
      } catch (ModelException refused) {
        assertThat(refused).hasMessageNotContaining("\n");
      }
    } finally {
      Files.delete(path);
    }
  }

  @Property(tries = 500)
  void damageIsRefusedOrHarmless(
      @ForAll @IntRange(max = 1100) int place, @ForAll @Size(min = 1, max = 8) byte[] values)
      throws IOException, URISyntaxException {
    byte[] bytes = honest();
    System.arraycopy(values, 0, bytes, place, values.length);
    opensOrIsRefused(bytes);
  }

  @Property(tries = 200)
  void whatIsCutOffIsMissed(@ForAll @IntRange(max = 10_000) int length)
      throws IOException, URISyntaxException {
    byte[] bytes = honest();
    byte[] cut = Arrays.copyOf(bytes, Math.min(length, bytes.length - 64));
    Path path = Files.createTempFile("cut", ".gguf");
    try {
      Files.write(path, cut);
      assertThatThrownBy(() -> GgufFile.open(path)).isInstanceOf(ModelException.class);
    } finally {
      Files.delete(path);
    }
  }

  @Property(tries = 300)
  void anyBytesAfterTheMagicAreRefusedOrHarmless(@ForAll @Size(max = 200) byte[] rest)
      throws IOException {
    byte[] start = GgufBytes.header(1, 1).bytes();
    byte[] bytes = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, bytes, start.length, rest.length);
    opensOrIsRefused(bytes);
  }
}
