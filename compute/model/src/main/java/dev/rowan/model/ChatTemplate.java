package dev.rowan.model;

import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import dev.rowan.core.Message;
import dev.rowan.model.jinja.PythonJinja;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a model was taught to read a chat: the Jinja template that comes with it. What stands in a message is never read as a
 * template. The date is one of the template's own, never today's, so that the same chat gives the same tokens. Safe for use
 * by any number of threads.
 */
public final class ChatTemplate {

  private static final PythonJinja JINJA = new PythonJinja();

  /** Jinja2 leaves one out, unless it is told to keep it. */
  private static final Pattern FINAL_LINE_BREAK = Pattern.compile("\n\\z");

  private final String template;
  private final String bos;
  private final String eos;

  /**
   * A template.
   *
   * @param template in Jinja, as transformers has it
   * @param bos the token that begins a sequence, or nothing
   * @param eos the token that ends one, or nothing
   */
  public ChatTemplate(String template, String bos, String eos) {
    this.template =
        FINAL_LINE_BREAK.matcher(template.replaceAll("\\r\\n?", "\n")).replaceFirst("");
    this.bos = bos;
    this.eos = eos;
  }

  /**
   * The text of a chat.
   *
   * @param answer whether it ends where the assistant's next message begins
   * @throws ModelException if the template refuses the chat, or cannot be read
   */
  public String render(List<Message> messages, boolean answer) {
    RenderResult result = JINJA.renderForResult(
        template,
        Map.of(
            "messages",
            messages.stream().map(ChatTemplate::bindings).toList(),
            "tools",
            PythonJinja.NONE,
            "documents",
            PythonJinja.NONE,
            "add_generation_prompt",
            answer,
            "bos_token",
            bos,
            "eos_token",
            eos));
    for (TemplateError error : result.getErrors()) {
      Throwable cause = error.getException();
      while (cause != null && cause.getCause() != null) {
        cause = cause.getCause();
      }
      String why = cause == null ? error.getMessage() : cause.getMessage();
      throw new ModelException("the model's chat template refuses this chat: "
          + String.valueOf(why).replaceAll("\\s+", " "));
    }
    return result.getOutput();
  }

  private static Map<String, String> bindings(Message message) {
    Map<String, String> bindings = new LinkedHashMap<>();
    bindings.put("role", message.role().name().toLowerCase(Locale.ROOT));
    bindings.put("content", message.content());
    return bindings;
  }
}
