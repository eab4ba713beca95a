package dev.rowan.berry;

import dev.rowan.core.Verdict;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A round's roll-outs as lines of JSON: {@code id, prompt, completion, verdict, reason, rank, tokens}. */
final class RolloutLog {

  private static final JsonMapper JSON = JsonMapper.shared();

  private RolloutLog() {}

  static void write(Path file, List<Pruning.Judged> rollouts) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (Pruning.Judged rollout : rollouts) {
        writer.write(JSON.writeValueAsString(line(rollout)));
        writer.write('\n');
      }
    }
  }

  private static ObjectNode line(Pruning.Judged rollout) {
    ObjectNode line = JSON.createObjectNode();
    line.put("id", rollout.problem().id());
    line.put("prompt", rollout.problem().question());
    line.put("completion", rollout.chain().text());
    switch (rollout.verdict()) {
      case Verdict.Correct _ -> line.put("verdict", "correct");
      case Verdict.Incorrect(String reason) ->
        line.put("verdict", "incorrect").put("reason", reason);
      case Verdict.Unverifiable(String cause) ->
        line.put("verdict", "unverifiable").put("reason", cause);
    }
    return line.put("rank", rollout.rank())
        .put("tokens", rollout.chain().usage().completionTokens());
  }
}
