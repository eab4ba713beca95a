package dev.rowan.cli;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The completions that a run writes, in order: all samples of the first prompt, all of the second, and so on. A place in
 * this order is what a completion is known by; ids may repeat.
 *
 * @param lines the prompts
 * @param samples completions of each
 */
record Batch(List<PromptLine> lines, int samples) {

  private static final List<String> RESULTS = List.of("completion", "finish", "usage", "error");

  /**
   * One of them.
   *
   * @param line its prompt
   * @param sample which of the prompt's samples, from 0 on
   * @param samples how many the prompt has
   */
  record Item(PromptLine line, int sample, int samples) {

    /** The line of the completion, but for the completion. Results of an earlier run that the prompt carries go. */
    ObjectNode start() {
      ObjectNode json = line.json().deepCopy().remove(RESULTS);
      if (!json.has("id")) {
        json.put("id", line.id());
      }
      return samples > 1 ? json.put("sample", sample) : json;
    }

    /** For the user. */
    String name() {
      return (samples > 1 ? "sample " + sample + " of " : "") + "prompt '" + line.id() + "'";
    }
  }

  long size() {
    return (long) lines.size() * samples;
  }

  Item item(long number) {
    int line = Math.toIntExact(number / samples);
    return new Item(lines.get(line), Math.toIntExact(number % samples), samples);
  }
}
