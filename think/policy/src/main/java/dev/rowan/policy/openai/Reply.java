package dev.rowan.policy.openai;

import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException.Reason;
import dev.rowan.core.Sampling;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import dev.rowan.policy.openai.CallFailedException.Tries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collects the tokens of one answer from the chunks of its stream, and counts what it costs. */
final class Reply {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Sampling sampling;
  private final Price price;
  private final long promptBound;
  private final long granted;
  private final TokenListener listener;

  private final List<Token> tokens = new ArrayList<>();
  private boolean billed;
  private long counted;
  private Optional<Finish> finish = Optional.empty();
  private Optional<Usage> reported = Optional.empty();

  Reply(Sampling sampling, Price price, long promptBound, long granted, TokenListener listener) {
    this.sampling = sampling;
    this.price = price;
    this.promptBound = promptBound;
    this.granted = granted;
    this.listener = listener;
  }

  /** From here on the endpoint may charge for the prompt, whatever becomes of the answer. */
  void mayBeBilled() {
    billed = true;
  }

  /** Whether the endpoint said that the answer is whole. */
  boolean finished() {
    return finish.isPresent();
  }

  /** Whether anything was written. */
  boolean started() {
    return !tokens.isEmpty();
  }

  /** Whether the endpoint writes more than it was asked for. */
  boolean full() {
    return counted > granted;
  }

  /** Takes the data of one server-sent event. */
  void read(String data) throws CallFailedException {
    JsonNode chunk = parse(data);
    if (chunk.hasNonNull("error")) {
      throw new CallFailedException(
          Reason.UNAVAILABLE,
          Tries.FIVE,
          "the endpoint broke its answer off: " + ApiError.of(chunk, data).message());
    }
    readUsage(chunk.path("usage"));
    JsonNode choice = chunk.path("choices").path(0);
    readDelta(choice);
    if (choice.path("finish_reason").isString()) {
      readFinish(choice);
    }
  }

  private static JsonNode parse(String data) throws CallFailedException {
    try {
      return JSON.readTree(data);
    } catch (JacksonException e) {
      String start = data.length() <= 80 ? data : data.substring(0, 80) + "…";
      throw new CallFailedException(
          Reason.UNAVAILABLE, Tries.FIVE, "the endpoint sent a chunk that is not JSON: " + start);
    }
  }

  private void readUsage(JsonNode usage) {
    if (usage.isObject()) {
      long prompt = tokens(usage, "prompt_tokens");
      long completion = tokens(usage, "completion_tokens");
      reported = Optional.of(new Usage(1, prompt, completion, price.of(prompt, completion)));
    }
  }

  private static long tokens(JsonNode usage, String name) {
    return Math.clamp(usage.path(name).asLong(0), 0, Integer.MAX_VALUE);
  }

  private void readDelta(JsonNode choice) {
    JsonNode delta = choice.path("delta");
    String text = delta.path("content").asString("");
    List<Token> written = withLogProbs(text, choice.path("logprobs").path("content"));
    boolean silent = delta.path("reasoning_content").asString("").isEmpty()
        && delta.path("reasoning").asString("").isEmpty();
    counted += written.isEmpty() && !silent ? 1 : written.size();
    for (Token token : counted > granted ? List.<Token>of() : written) {
      tokens.add(token);
      listener.onToken(token);
    }
  }

  /** One token for each entry, where the entries spell the text; else one for the whole delta. */
  private static List<Token> withLogProbs(String text, JsonNode entries) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<Token> single = new ArrayList<>();
    StringBuilder spelled = new StringBuilder();
    double sum = 0;
    for (JsonNode entry : entries) {
      String part = entry.path("token").asString("");
      double logProb = entry.path("logprob").asDouble(Double.NaN);
      single.add(new Token(Token.UNKNOWN_ID, part, logProb));
      spelled.append(part);
      sum += logProb;
    }
    boolean spells = spelled.toString().equals(text);
    return spells
        ? single
        : List.of(new Token(Token.UNKNOWN_ID, text, single.isEmpty() ? Double.NaN : sum));
  }

  private void readFinish(JsonNode choice) throws CallFailedException {
    String reason = choice.path("finish_reason").asString();
    if (reason.equals("content_filter")) {
      throw new CallFailedException(
          Reason.REFUSED,
          Tries.ONE,
          "the endpoint's content filter cut the answer: change the question");
    }
    if (reason.equals("length")) {
      finish = Optional.of(limit());
      return;
    }
    Optional<String> stop = stopString(choice);
    stop.ifPresent(this::write);
    finish = Optional.of(stop.isPresent() ? Finish.STOP : Finish.END);
  }

  /** The stop string that ended the answer, where the endpoint tells (vLLM, SGLang); it is not in the text. */
  private Optional<String> stopString(JsonNode choice) {
    JsonNode reason = choice.path(choice.has("stop_reason") ? "stop_reason" : "matched_stop");
    return reason.isString()
        ? Optional.of(reason.asString()).filter(sampling.stop()::contains)
        : Optional.empty();
  }

  private void write(String text) {
    Token token = new Token(Token.UNKNOWN_ID, text, Double.NaN);
    tokens.add(token);
    listener.onToken(token);
  }

  /** What the endpoint says it cost, else the most that the prompt can be and the tokens that came. */
  Usage cost() {
    if (!billed) {
      return Usage.ZERO;
    }
    long completion = Math.min(counted, granted);
    return reported.orElseGet(
        () -> new Usage(1, promptBound, completion, price.of(promptBound, completion)));
  }

  /** The answer as far as it came; unless it is finished or full, it ends because the time ran out. */
  Completion completion() {
    return new Completion(tokens, finish.orElse(full() ? limit() : Finish.BUDGET), cost());
  }

  private Finish limit() {
    return granted < sampling.maxTokens() ? Finish.BUDGET : Finish.LENGTH;
  }
}
