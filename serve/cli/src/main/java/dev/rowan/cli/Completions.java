package dev.rowan.cli;

import dev.rowan.core.Budget;
import dev.rowan.core.Completion;
import dev.rowan.core.Finish;
import dev.rowan.core.PolicyException;
import dev.rowan.core.Sampling;
import dev.rowan.core.Seeds;
import dev.rowan.core.TokenListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes prompts, many at once, and writes them down in order. What a completion is depends on the seed, its prompt's id
 * and its number only, so that a run that goes on gives what an unbroken one would have given.
 *
 * @param model what writes
 * @param sampling how tokens are drawn
 */
record Completions(LocalModel model, Sampling sampling) {

  private static final int AT_ONCE = 256;

  /** Adds those of the batch that the file misses. */
  void run(Batch batch, CompletionFile file, Progress progress) throws InterruptedException {
    Queue<Future<ObjectNode>> pending = new ArrayDeque<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (long i = file.present(); i < batch.size(); i++) {
        Batch.Item item = batch.item(i);
        pending.add(threads.submit(() -> completed(item)));
        while (pending.size() > AT_ONCE) {
          write(pending, file, progress);
        }
      }
      while (!pending.isEmpty()) {
        write(pending, file, progress);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void write(
      Queue<Future<ObjectNode>> pending, CompletionFile file, Progress progress)
      throws InterruptedException {
    try {
      file.write(pending.remove().get());
      progress.step("");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private ObjectNode completed(Batch.Item item) throws InterruptedException {
    ObjectNode json = item.start();
    try {
      Completion completion = complete(item);
      json.put("completion", completion.text());
      json.put("finish", completion.finish() == Finish.END ? "stop" : "length");
      json.putObject("usage")
          .put("prompt_tokens", completion.usage().promptTokens())
          .put("completion_tokens", completion.usage().completionTokens());
    } catch (PolicyException e) {
      json.put("error", e.getMessage());
    }
    return json;
  }

  private Completion complete(Batch.Item item) throws InterruptedException {
    int[] prompt =
        switch (item.line().task()) {
          case PromptLine.Task.Text(String text) -> model.encoder().encodeStart(text);
          case PromptLine.Task.Chat(var messages) -> model.encoder().encode(messages);
          case PromptLine.Task.Unusable(String why) -> throw new PolicyException(why);
        };
    long seed = Seeds.derive(Seeds.derive(sampling.seed(), item.line().id()), item.sample());
    return model
        .policy()
        .complete(prompt, sampling.withSeed(seed), Budget.unlimited(), TokenListener.NONE);
  }
}
