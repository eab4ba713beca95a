package dev.rowan.policy.openai;

import dev.rowan.core.Budget;
import dev.rowan.core.BudgetSpentException;
import dev.rowan.core.Completion;
import dev.rowan.core.Policy;
import dev.rowan.core.Prefix;
import dev.rowan.core.Sampling;
import dev.rowan.core.TokenListener;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks a model behind an OpenAI-compatible endpoint, one streamed request for each completion.
 *
 * <p><b>Budget.</b> Before a request is sent, its tokens and the most it can cost are set aside; fewer tokens are asked
 * for where the budget reaches no further, and the answer then ends with {@link dev.rowan.core.Finish#BUDGET}. Afterwards
 * what the endpoint reports is booked; where it reports nothing, the tokens that came and the most that the prompt can be.
 *
 * <p><b>Failures.</b> 429, 5xx and lost connections are tried again up to five times, silence twice, with growing waits
 * or those that the endpoint asks for, while the budget's time lasts. An answer that was cut is never taken for a whole
 * one: it starts over, which the listener hears as {@link TokenListener#onRestart()}; what the lost part cost is booked.
 *
 * <p><b>Chains that go on.</b> The steps of a prefix are sent as a last message of the assistant. vLLM and SGLang go on
 * with it; so do Ollama, llama.cpp and others whose chat template leaves it open. OpenAI's own models take it for a turn
 * that is over and start a new one, so step searches need a model that goes on.
 *
 * <p><b>Stop strings.</b> Endpoints leave them out of the text. vLLM and SGLang say which one was met: it is put back and
 * the answer ends with STOP. Elsewhere a met stop string cannot be told from the end, and counts as END.
 *
 * <p>Log-probabilities and seeds (31 bits of them) are sent until the endpoint refuses them.
 */
public final class RemotePolicy implements Policy, AutoCloseable {

  private final Endpoint endpoint;
  private final Dialect dialect = new Dialect();
  private final Semaphore permits;
  private final ExecutorService threads;
  private final HttpClient client;

  /** A policy that asks this endpoint. Nothing is sent yet. */
  public RemotePolicy(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.permits = new Semaphore(endpoint.concurrency());
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    boolean secure = endpoint.base().getScheme().toLowerCase(Locale.ROOT).equals("https");
    this.client = HttpClient.newBuilder()
        .connectTimeout(endpoint.connectTimeout())
        // Without TLS, HTTP/2 starts with an upgrade that many model servers trip over.
        .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
        .executor(threads)
        .build();
  }

  @Override
  public Completion complete(
      Prefix prefix, Sampling sampling, Budget budget, TokenListener listener)
      throws InterruptedException {
    if (!permits.tryAcquire(budget.timeLeft().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new BudgetSpentException("time");
    }
    try {
      return new Conversation(
              new Call(client, endpoint, dialect, budget), endpoint, dialect, prefix, sampling)
          .complete(budget, listener);
    } finally {
      permits.release();
    }
  }

  /** Gives up what is in flight and lets go of the connections. */
  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }

  @Override
  public String toString() {
    return "RemotePolicy[" + endpoint.name() + "]";
  }
}
