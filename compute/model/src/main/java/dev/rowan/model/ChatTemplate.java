package dev.rowan.model;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.rowan.core.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jinjava.javax.el.CompositeELResolver;

/**
 * How a model was taught to read a chat: the Jinja template that comes with it. What stands in a message is never read as a
 * template. The date is one of the template's own, never today's, so that the same chat gives the same tokens. Safe for use
 * by any number of threads.
 */
public final class ChatTemplate {

  private static final long MAX_OUTPUT = 1 << 24;
  private static final Pattern NAMESPACE = Pattern.compile("namespace\\([^()]*\\)");

  /** An argument such as {@code last=messages|length - 1}. */
  private static final Pattern ARITHMETIC = Pattern.compile("(\\w+)=([^=,()'\"]*[-+*/][^,()'\"]*)");

  private static final Jinjava JINJA = jinja();

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
    this.template = inDialect(template);
    this.bos = bos;
    this.eos = eos;
  }

  /** Jinja2's own rules where the library's differ, and transformers' settings and functions. */
  private static Jinjava jinja() {
    CompositeELResolver resolver = new CompositeELResolver();
    resolver.add(new PythonStrings());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    LegacyOverrides rules = LegacyOverrides.newBuilder()
        .withUseNaturalOperatorPrecedence(true)
        .withUseTrimmingForNotesAndExpressions(true)
        .withParseWhitespaceControlStrictly(true)
        .withEvaluateMapKeys(true)
        .withIterateOverMapKeys(true)
        .withKeepNullableLoopValues(true)
        .withAllowAdjacentTextNodes(true)
        .build();
    Jinjava jinja = new Jinjava(JinjavaConfig.newBuilder()
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        .withNestedInterpretationEnabled(false)
        .withMaxOutputSize(MAX_OUTPUT)
        .withElResolver(resolver)
        .withLegacyOverrides(rules)
        .build());
    jinja
        .getGlobalContext()
        .registerFunction(new ELFunctionDefinition(
            "", "raise_exception", ChatTemplate.class, "raiseException", String.class));
    return jinja;
  }

  /** The two things that the library cannot parse, in words that it can. */
  private static String inDialect(String template) {
    return NAMESPACE
        .matcher(template.replace("[::-1]", "|reverse"))
        .replaceAll(arguments ->
            Matcher.quoteReplacement(ARITHMETIC.matcher(arguments.group()).replaceAll("$1=($2)")));
  }

  /** What templates call to refuse a chat. */
  public static String raiseException(String why) {
    throw new InterpretException(why);
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
    return Map.of(
        "role", message.role().name().toLowerCase(Locale.ROOT), "content", message.content());
  }
}
