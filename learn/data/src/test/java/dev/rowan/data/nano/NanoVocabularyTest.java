package dev.rowan.data.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class NanoVocabularyTest {

  private static final List<String> TOKENS = NanoVocabulary.tokens();
  private static final Pattern PATTERN = Pattern.compile(NanoVocabulary.pattern());

  private static List<String> encode(String text) {
    return PATTERN.matcher(text).results().map(MatchResult::group).toList();
  }

  @Provide
  Arbitrary<List<String>> anyTokens() {
    return Arbitraries.of(TOKENS.subList(NanoVocabulary.EOS + 1, TOKENS.size()))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void joinedTokensReadBackAsTheSameTokens(@ForAll("anyTokens") List<String> tokens) {
    assertThat(encode(String.join("", tokens))).isEqualTo(tokens);
  }

  @Test
  void everyTwoTokensReadBackAsTheSameTwo() {
    List<String> tokens = TOKENS.subList(NanoVocabulary.EOS + 1, TOKENS.size());
    for (String first : tokens) {
      for (String second : tokens) {
        assertThat(encode(first + second)).containsExactly(first, second);
      }
    }
  }

  @Property
  void everyExampleFitsTheVocabularyAndTheLength(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Stream.of(new Countdown(), new Grove(true, 2, false))
        .forEach(family -> family.levels().forEach(level -> {
          Example example = family.example(level, random);
          String text = example.problem().question() + example.solution();
          assertThat(String.join("", encode(text))).isEqualTo(text);
          assertThat(encode(text)).hasSizeLessThan(NanoVocabulary.MAX_LENGTH);
        }));
  }

  @Test
  void tokensAreDifferentAndDigitsSingle() {
    assertThat(TOKENS).doesNotHaveDuplicates().hasSize(77).startsWith("<pad>", "<eos>", "\n");
    assertThat(encode("16+32=48")).hasSize(8);
  }

  @Test
  void whoAClauseIsAboutIsATokenOfItsOwn() {
    assertThat(encode("Omar has 4 more than Max. Ivy has as many as Max and Omar together.\n"))
        .containsExactly(
            "Omar has ",
            "4",
            " more than ",
            "Max",
            ". ",
            "Ivy has ",
            "as many as ",
            "Max",
            " and ",
            "Omar",
            " together",
            ".\n");
  }

  @Test
  void theFilesSayTheSame() {
    JsonNode tokenizer = JsonMapper.shared().readTree(NanoVocabulary.tokenizerJson());
    assertThat(tokenizer.at("/pre_tokenizer/pattern/Regex").stringValue())
        .isEqualTo(NanoVocabulary.pattern());
    for (int id = 0; id < TOKENS.size(); id++) {
      assertThat(tokenizer.path("model").path("vocab").path(TOKENS.get(id)).intValue())
          .isEqualTo(id);
    }
    assertThat(tokenizer.at("/added_tokens/1/content").stringValue()).isEqualTo("<eos>");
    assertThat(JsonMapper.shared()
            .readTree(NanoVocabulary.tokenizerConfigJson())
            .path("eos_token")
            .stringValue())
        .isEqualTo("<eos>");
  }
}
