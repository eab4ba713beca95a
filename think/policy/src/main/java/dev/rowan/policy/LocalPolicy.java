package dev.rowan.policy;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Policy;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.Token;
import dev.rowan.core.TokenListener;
import dev.rowan.core.Usage;
import dev.rowan.engine.Engine;
import dev.rowan.engine.EngineException;
import dev.rowan.engine.Generation;
import dev.rowan.engine.GenerationRequest;
import dev.rowan.engine.TokenChoice;
import dev.rowan.engine.TokenSink;
import dev.rowan.model.TextStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy that runs on this machine. A chain ends early, with {@link Finish#BUDGET}, when the budget's time is over.
 * Engine and encoder belong to the caller.
 */
public final class LocalPolicy implements Policy {

  private final Engine engine;
  private final PromptEncoder encoder;

  /** A policy of the engine's model; {@code encoder} is that model's. */
  public LocalPolicy(Engine engine, PromptEncoder encoder) {
    this.engine = engine;
    this.encoder = encoder;
  }

  @Override
  public Completion complete(
      Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException {
    return complete(encoder.encode(prefix), sampling, budget, listener);
  }

  /** Continues a sequence of this model's own token ids; see {@link #complete(Prefix, Sampling, Budget, TokenListener)}. */
  public Completion complete(int[] prompt, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException {
    int room = engine.config().maxPositions() - prompt.length;
    if (room < 1) {
      throw new PolicyException(
          PolicyException.Reason.PROMPT_TOO_LONG,
          "a prompt of " + prompt.length + " tokens does not fit the model's context of "
              + engine.config().maxPositions() + ": shorten it");
    }
    int asked = Math.min(sampling.maxTokens(), room);
    try (Budget.Charge charge = budget.charge(asked, 0)) {
      int granted = Math.toIntExact(charge.tokens());
      GenerationRequest request = new GenerationRequest(
          prompt,
          granted,
          new TextStop(engine.config().eosIds(), sampling.stop(), encoder),
          TokenChoice.of(sampling.temperature(), sampling.topK(), sampling.topP()),
          0,
          sampling.seed());
      Generation generation;
      try {
        generation = engine.generate(request, sink(listener), budget.timeLeft());
      } catch (EngineException e) {
        throw new PolicyException(String.valueOf(e.getMessage()), e);
      } catch (InterruptedException e) {
        // How far it came is unknown here, so the bill is the most it can have been.
        charge.settle(new Usage(1, prompt.length, granted, 0));
        throw e;
      }
      Usage usage = new Usage(1, prompt.length, generation.tokens().length, 0);
      charge.settle(usage);
      return new Completion(tokens(generation), finish(generation, asked), usage);
    }
  }

  private TokenSink sink(TokenListener listener) {
    if (listener.equals(TokenListener.NONE)) {
      return TokenSink.NONE;
    }
    TextStream stream = encoder.stream();
    return (id, logProb) -> listener.onToken(new Token(id, stream.next(id), logProb));
  }

  private Finish finish(Generation generation, int asked) {
    if (!generation.stopped()) {
      // Fewer than asked for: the budget granted no more tokens, or no more time.
      return generation.tokens().length < asked ? Finish.BUDGET : Finish.LENGTH;
    }
    int last = generation.tokens()[generation.tokens().length - 1];
    return engine.config().eosIds().contains(last) ? Finish.END : Finish.STOP;
  }

  private List<Token> tokens(Generation generation) {
    TextStream stream = encoder.stream();
    List<Token> tokens = new ArrayList<>(generation.tokens().length);
    for (int i = 0; i < generation.tokens().length; i++) {
      int id = generation.tokens()[i];
      String text = stream.next(id);
      boolean last = i == generation.tokens().length - 1;
      tokens.add(new Token(id, last ? text + stream.rest() : text, generation.logProbs()[i]));
    }
    return tokens;
  }
}
