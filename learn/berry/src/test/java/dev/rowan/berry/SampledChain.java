package dev.rowan.berry;

import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.Prefix;
import dev.rowan.core.Problem;
import dev.rowan.core.Token;
import dev.rowan.core.Trajectory;
import dev.rowan.core.Usage;
import dev.rowan.data.nano.NanoVocabulary;
import dev.rowan.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Chains as the nano model would have sampled them, every token with log-probability -1. */
final class SampledChain {

  /** Ends a chain; stands for a token without text. */
  static final String END = "<eos>";

  private SampledChain() {}

  static Trajectory of(Tokenizer tokenizer, Problem problem, String chain) {
    boolean ended = chain.endsWith(END);
    String text = ended ? chain.substring(0, chain.length() - END.length()) : chain;
    List<Token> tokens = new ArrayList<>();
    for (int id : tokenizer.encode(text)) {
      tokens.add(new Token(id, tokenizer.decode(id), -1));
    }
    if (ended) {
      tokens.add(new Token(NanoVocabulary.EOS, "", -1));
    }
    Finish finish = ended ? Finish.END : Finish.LENGTH;
    return Trajectory.of(Prefix.of(problem), new Completion(tokens, finish, Usage.ZERO));
  }
}
