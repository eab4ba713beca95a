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
    ChatTemplate chats = new ChatTemplate(template, bos, "<|im_end|>");
    List<Message> messages = messages(json.path("messages"));
    boolean prompt = json.path("prompt").asBoolean();
    if (json.path("text").isNull()) {
      assertThatThrownBy(() -> chats.render(messages, prompt)).isInstanceOf(ModelException.class);
    } else {
      assertThat(chats.render(messages, prompt)).isEqualTo(json.path("text").asString());
    }
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
        "{% if not add_generation_prompt is defined %}no{% endif %}yes => yes",
        "{{ not messages is string }} {{ not none is none }} {{ not 1 in [2] }} => True False True",
        "{{ not 1 == 2 and not 'a' ~ 'b' == 'c' }} {{ ' a '|trim is string }} => True True",
        "{{ 'abcd'[::-1] ~ 'abcd'[1:3] ~ 'abcd'[-1:] ~ [1, 2, 3, 4][::2] }} => dcbabcd[1, 3]",
        "{{ '[::-1]' ~ 'namespace(a=1-1)' }}[::-1] => [::-1]namespace(a=1-1)[::-1]",
        "{% for m in messages if m.role != 'user' %}x{% else %}none{% endfor %} => none",
        "{% for i in range(3) %}{{ x is defined }}{% set x = i %}{% endfor %} => FalseFalseFalse",
        "{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{{ loop.length }}{% endfor %} => a11",
        "{% for i in 'ab' %}{{ loop.previtem }}{{ loop.nextitem }}{% endfor %} => ba",
        "{{ true }} {{ none }} {{ ['a', true, 1.5] }} {{ nothing }}. => True None ['a', True, 1.5] .",
        "{{ messages }} => [{'role': 'user', 'content': 'hello'}]",
        "{{ messages[0]|tojson }} => {\"role\": \"user\", \"content\": \"hello\"}",
        "{{ messages|tojson(indent=1)|replace('\\n', '') }}"
            + " => [ {  \"role\": \"user\",  \"content\": \"hello\" }]",
        "{{ 'abcb'.find('b') ~ 'abcb'.find('x') ~ 'abcb'.count('b') ~ ','.join(['p', 'q']) }}"
            + " => 1-12p,q",
        "{{ \"they're\".title() ~ 'xa'.removeprefix('x') ~ 'x' * 3 ~ '\\u00e9' }} => They'Reaxxxé",
        "{{ dict(a=1).a }}{% filter upper %}b{{ 'c' }}{% endfilter %} => 1BC",
        "{{ messages[0].get('x') is none }} {{ tools is none }} {{ x is none }} => True True False",
        "{{ 1 == '1' }} {{ 1 == 1.0 }} {{ none == '' }} {{ 'a' and 'b' }} => False True False b",
        "{% if 'false' %}true{% endif %} {{ 'yes' if '0' }} {{ x or 'y' }} => true yes y",
        "{{ '\\u00a0a\\u3000'|trim ~ '\\u2028b\\x1c\\x85'.strip() ~ 'c\\xa0d'.split()[1] }} => abd",
        "{{ strftime_now('%d') if strftime_now is defined else 'fixed' }} => fixed",
        "{% if strftime_now is defined %}today{% else %}fixed{% endif %} => fixed",
        "{% if tools %}tools{% endif %}{% if messages[0].tool_calls is defined %}c{% endif %}- => -"
      })
  void templatesSpeakPython(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @Test
  void oneLastLineBreakIsLeftOut() {
    assertThat(render("a\r\nb\n\n")).isEqualTo("a\nb\n");
    assertThat(render("{{ 'a\\n' }}")).isEqualTo("a\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{ strftime_now('%d') }}|today's date",
        "{{ 'a' + none }}|cannot add",
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
