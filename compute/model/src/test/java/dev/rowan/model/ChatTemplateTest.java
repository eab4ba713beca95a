package dev.rowan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowan.core.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Templates of real models, against what transformers renders ({@code src/test/peers/render_chats.py}). */
final class ChatTemplateTest {

  private static final List<Message> HELLO = List.of(new Message(Message.Role.USER, "hello"));

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ChatTemplateTest.class.getResource("/chat")).toURI());
  }

  static Stream<JsonNode> cases() throws IOException, URISyntaxException {
    return JsonMapper.shared()
        .readTree(Files.readString(folder().resolve("expected.json")))
        .valueStream();
  }

  private static List<Message> messages(JsonNode json) {
    return json.valueStream()
        .map(message -> new Message(
            Message.Role.valueOf(message.path("role").asString().toUpperCase(Locale.ROOT)),
            message.path("content").asString()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void chatsAreRenderedAsByTransformers(JsonNode json) throws IOException, URISyntaxException {
    String name = json.path("template").asString();
    String template = Files.readString(folder().resolve(name + ".jinja"));
    String bos = name.equals("llama3.2") ? "<|begin_of_text|>" : "";
    assertThat(new ChatTemplate(template, bos, "<|im_end|>")
            .render(messages(json.path("messages")), json.path("prompt").asBoolean()))
        .isEqualTo(json.path("text").asString());
  }

  private static String render(String template) {
    return new ChatTemplate(template, "<s>", "</s>").render(HELLO, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{{ ' a '.strip() ~ '-a-'.strip('-') ~ 'xxa'.lstrip('x') ~ 'a--'.rstrip('-') }} => aaaa",
        "{{ 'a.b.c'.split('.')[-1] ~ 'a b'.split()[1] ~ 'a.b.c'.split('.', 1)[1] }} => cbb.c",
        "{{ 'aB'.upper() ~ 'aB'.lower() }} => ABab",
        "{% if 'abc'.startswith('a') and not 'abc'.endswith('a') %}yes{% endif %} => yes",
        "{% set ns = namespace(a=1, b=messages|length - 1) %}{{ ns.a }}{{ ns.b }} => 10",
        "{{ bos_token }}{{ messages[0]['content'] }}{{ eos_token }} => <s>hello</s>",
        "{% if strftime_now is defined %}today{% else %}fixed{% endif %} => fixed",
        "{% if tools %}tools{% endif %}{% if messages[0].tool_calls is defined %}c{% endif %}- => -"
      })
  void templatesSpeakPython(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{ raise_exception('roles must alternate') }}|roles must alternate",
        "{% for x in %}|refuses",
        "{{ 'a'.nonsense() }}|nonsense",
        "{{ ''.getClass().forName('java.lang.Runtime') }}|refuses"
      })
  void whatTemplatesRefuseIsSaidInOneLine(String template, String named) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(named)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void foldersKeepTheirTemplateInOneOfThreePlaces(@TempDir Path folder) throws IOException {
    ModelFolder model = new ModelFolder(folder);
    assertThat(model.chatTemplate()).isEmpty();
    Path config = folder.resolve("tokenizer_config.json");
    Files.writeString(config, "{\"chat_template\": \"A{{ eos_token }}\", \"eos_token\": \"E\"}");
    assertThat(model.chatTemplate().orElseThrow().render(HELLO, true)).isEqualTo("AE");
    Files.writeString(
        config,
        "{\"chat_template\": [{\"name\": \"tool\", \"template\": \"T\"}, {\"name\": \"default\","
            + " \"template\": \"D{{ bos_token }}\"}], \"bos_token\": {\"content\": \"B\"}}");
    assertThat(model.chatTemplate().orElseThrow().render(HELLO, true)).isEqualTo("DB");
    Files.writeString(folder.resolve("chat_template.jinja"), "F{{ bos_token }}");
    assertThat(model.chatTemplate().orElseThrow().render(HELLO, true)).isEqualTo("FB");
    Files.writeString(config, "{");
    assertThatThrownBy(model::chatTemplate)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tokenizer_config.json");
  }
}
