package dev.rowan.cli;

import dev.rowan.core.Message;
import dev.rowan.model.ChatTemplate;
import java.util.List;

/**
 * Does once what commands do at their start, on the shipped model: the JVM keeps the classes that it met, and how often it
 * met what, for all later starts (JEP 515). Run by the launcher after a build.
 */
final class Rehearsal {

  /** As elaborate as those of real models. */
  private static final String TEMPLATE =
      "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}{{ 'S' + eos_token }}{% endif %}"
          + "{{ '<|' + message['role'] + '|>' + message.content | trim }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ bos_token }}{% endif %}";

  private Rehearsal() {}

  /** Answers a question and renders a chat. */
  public static void main(String[] args) {
    new ChatTemplate(TEMPLATE, "<s>", "</s>").render(List.of(Message.user("Hello")), true);
    Start.main(new String[] {"solve", "--max-tokens", "20", "Use 6, 19, 1 to make 14."});
  }
}
