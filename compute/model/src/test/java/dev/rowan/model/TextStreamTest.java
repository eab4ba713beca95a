package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.testkit.ByteTokenizer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Text as it comes, never in halves of a character. */
final class TextStreamTest {

  private static final Tokenizer BYTES = Tokenizer.of(
      new ByteArrayInputStream(ByteTokenizer.json().getBytes(StandardCharsets.UTF_8)), "bytes");

  private static List<String> pieces(int[] ids) {
    TextStream stream = new TextStream(BYTES);
    List<String> pieces = new ArrayList<>();
    for (int id : ids) {
      pieces.add(stream.next(id));
    }
    pieces.add(stream.rest());
    return pieces;
  }

  @Property(tries = 300)
  void theWholeIsTheTextAndNoPieceIsBroken(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 0x1F9FF) Integer> characters) {
    StringBuilder text = new StringBuilder();
    characters.stream()
        .filter(c -> Character.isDefined(c) && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFD)
        .forEach(text::appendCodePoint);
    int[] ids = BYTES.encode(text.toString());
    assertThat(ids).hasSize(text.toString().getBytes(StandardCharsets.UTF_8).length);
    List<String> pieces = pieces(ids);
    assertThat(String.join("", pieces)).isEqualTo(text.toString());
    assertThat(pieces).allSatisfy(piece -> {
      assertThat(piece).doesNotContain("\uFFFD");
      assertThat(piece.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).toArray())
          .isEmpty();
    });
  }

  @Property(tries = 300)
  void bytesThatAreNoCharactersAreShownAsSuch(
      @ForAll @Size(max = 30) List<@IntRange(max = 255) Integer> bytes) {
    int[] ids = bytes.stream().mapToInt(Integer::intValue).toArray();
    assertThat(String.join("", pieces(ids))).isEqualTo(BYTES.decode(ids));
  }
}
