package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Downloads a file. A connection that breaks is taken up where it broke, by this run or a later one, if the server can and
 * the file is still the same; otherwise the file starts over. It gets its name when it is whole.
 */
final class Download {

  private static final int PATIENCE = 5;
  private static final int MAX_REDIRECTS = 8;
  private static final int BUFFER = 1 << 16;
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client;
  private final Optional<String> token;
  private final Duration pause;
  private final Duration silence;
  private final PullListener listener;

  /**
   * A downloader.
   *
   * @param token sent to the first host, and to no other that it redirects to
   * @param pause how long to wait after a break, longer each time
   * @param silence a connection that brings nothing for so long is taken for broken
   */
  Download(
      HttpClient client,
      Optional<String> token,
      Duration pause,
      Duration silence,
      PullListener listener) {
    this.client = client;
    this.token = token;
    this.pause = pause;
    this.silence = silence;
    this.listener = listener;
  }

  /** A client that leaves redirects to this class. */
  static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(TIMEOUT)
        .build();
  }

  /**
   * Brings a file, unless it is there.
   *
   * @param expected what it must be, as far as that is known
   * @throws ModelException if it cannot be had, or what came is something else
   * @throws UncheckedIOException if it cannot be written
   */
  void file(URI uri, Path file, Fingerprint expected) throws InterruptedException {
    if (Files.exists(file) && expected.fits(file)) {
      return;
    }
    Part part = new Part(file);
    listener.file(
        String.valueOf(file.getFileName()), part.length(), expected.bytes().orElse(-1L));
    boolean secondChance = true;
    while (true) {
      fetch(uri, part);
      Optional<String> wrong = expected.complaint(part.path());
      if (wrong.isEmpty()) {
        part.finish();
        return;
      }
      part.discard();
      if (!secondChance) {
        throw new ModelException(uri + " does not give the file that was announced (" + wrong.get()
            + "): try again later, or another source");
      }
      secondChance = false;
      listener.again(wrong.get());
    }
  }

  /** The text behind an address. */
  String text(URI uri) throws InterruptedException {
    try (InputStream body = new SilenceGuard(open(uri, Optional.empty()).body(), silence)) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ModelException(
          "cannot reach " + uri + " (" + reason(e) + "): check the network", e);
    }
  }

  private void fetch(URI uri, Part part) throws InterruptedException {
    int breaks = 0;
    while (true) {
      long before = part.length();
      try {
        receive(open(uri, Optional.of(part)), part);
        return;
      } catch (IOException e) {
        breaks = part.length() > before ? 1 : breaks + 1;
        if (breaks >= PATIENCE) {
          throw new ModelException(
              "cannot fetch " + uri + " (" + reason(e)
                  + "): check the network; the next pull goes on from here",
              e);
        }
        listener.again(reason(e));
        Thread.sleep(pause.multipliedBy(breaks));
      }
    }
  }

  private static String reason(IOException e) {
    // A message may quote what the server said: nothing of it moves a terminal's cursor.
    return Optional.ofNullable(e.getMessage())
        .orElse(e.getClass().getSimpleName())
        .replaceAll("\\p{Cntrl}+", " ");
  }

  /** Follows redirects by hand: the token is for the host that was asked, not for where it sends us. */
  private HttpResponse<InputStream> open(URI start, Optional<Part> part)
      throws IOException, InterruptedException {
    URI uri = start;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
      if (trusts(start, uri)) {
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
      }
      part.ifPresent(it -> it.askForRest(request));
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      int status = response.statusCode();
      if (status / 100 != 3) {
        return checked(start, response);
      }
      response.body().close();
      uri = next(uri, response.headers());
    }
    throw new ModelException(start + " redirects in circles: check the address");
  }

  /** Whether what is for one address may go to another: the same host, and not in the open where it was hidden. */
  static boolean trusts(URI start, URI uri) {
    return uri.getRawAuthority().equalsIgnoreCase(start.getRawAuthority())
        && (uri.getScheme().equalsIgnoreCase(start.getScheme())
            || uri.getScheme().equalsIgnoreCase("https"));
  }

  private static URI next(URI uri, HttpHeaders headers) throws IOException {
    String location =
        headers.firstValue("Location").orElseThrow(() -> new IOException("a redirect to nowhere"));
    return WebAddress.of(uri, location)
        .orElseThrow(() -> new ModelException(uri + " redirects to '" + location
            + "', which is no address of http or https: check the address"));
  }

  private HttpResponse<InputStream> checked(URI uri, HttpResponse<InputStream> response)
      throws IOException {
    int status = response.statusCode();
    if (status == 200 || status == 206 || status == 416) {
      return response;
    }
    response.body().close();
    if (status >= 500 || status == 429) {
      throw new IOException("status " + status);
    }
    throw new ModelException(
        switch (status) {
          case 401, 403 ->
            uri + " is not open to you (status " + status
                + "): accept the model's terms there and set HF_TOKEN";
          case 404 -> "there is no " + uri + ": check the name";
          default -> uri + " answers with status " + status + ": check the address";
        });
  }

  private void receive(HttpResponse<InputStream> response, Part part) throws IOException {
    try (InputStream body = new SilenceGuard(response.body(), silence)) {
      if (response.statusCode() == 416) {
        part.keepIfWhole(response.headers());
        return;
      }
      HttpHeaders headers = response.headers();
      try (OutputStream out =
          response.statusCode() == 206 ? part.rest(headers) : part.all(headers)) {
        byte[] buffer = new byte[BUFFER];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
          write(out, buffer, count);
          listener.bytes(count);
        }
      }
      part.checkWhole();
    }
  }

  /** A full disk is no break of the connection: trying again does not help. */
  private static void write(OutputStream out, byte[] buffer, int count) {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
