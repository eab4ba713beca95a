package dev.rowan.engine;

import java.util.HashMap;
import java.util.Map;

/** How often tokens occurred in a sequence, and what that does to their logits. */
final class History {

  private static final class Count {
    int inText;
  }

  private final TokenChoice choice;
  private final Map<Integer, Count> counts = new HashMap<>();

  History(TokenChoice choice, int[] prompt) {
    this.choice = choice;
    for (int token : prompt) {
      counts.computeIfAbsent(token, _ -> new Count());
    }
  }

  void add(int token) {
    counts.computeIfAbsent(token, _ -> new Count()).inText++;
  }

  /** Changes the logits of tokens that occurred. */
  void penalise(float[] logits) {
    counts.forEach((token, count) -> {
      double logit = logits[token];
      logit = logit > 0 ? logit / choice.repetitionPenalty() : logit * choice.repetitionPenalty();
      if (count.inText > 0) {
        logit -= choice.presencePenalty() + count.inText * choice.frequencyPenalty();
      }
      logits[token] = (float) logit;
    });
  }
}
