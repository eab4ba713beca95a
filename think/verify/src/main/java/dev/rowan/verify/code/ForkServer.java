package dev.rowan.verify.code;

import dev.rowan.verify.sandbox.Job;
import dev.rowan.verify.sandbox.Limits;
import dev.rowan.verify.sandbox.Sandbox;
import dev.rowan.verify.sandbox.SyscallFilter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * A warm Python in a sandbox that forks a process for each run; this end of {@code server.py}. One run at a time, one
 * thread at a time; {@link #close} from any.
 */
final class ForkServer implements AutoCloseable {

  private static final int MAX_FRAME = 1 << 20;
  private static final int MAX_ERROR = 4096;

  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Messages messages = new Messages();

  /** What a run says, or how it ended. */
  sealed interface Event {}

  /**
   * A report of a run.
   *
   * @param json not to be trusted if the run is of an answer; it may be no JSON then, or nothing
   */
  record Said(byte[] json) implements Event {}

  /** Bytes of a run's standard output. */
  record Printed(byte[] bytes) implements Event {}

  /**
   * The end of a run.
   *
   * @param exit its exit code; minus the signal's number if a signal ended it
   * @param cpu seconds of processor time
   * @param killed why the server ended it: {@code time}, {@code output}, {@code asked}; empty if it did not
   * @param clean whether nothing is left of it
   */
  record Ended(int exit, double cpu, String killed, boolean clean) implements Event {}

  /** The channel to the twin is empty. */
  record Drained() implements Event {}

  /** The server itself is gone. */
  record Gone() implements Event {}

  private ForkServer(Process process) {
    this.process = process;
    in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  /**
   * Starts one.
   *
   * @param requests the named pipe through which requests come to its runs
   * @param replies the named pipe for what they reply
   * @param listener is told everything, in order, by a thread of this server's
   * @throws IOException if it does not come up
   */
  static ForkServer start(
      Sandbox sandbox,
      Limits limits,
      Path requests,
      Path replies,
      BiConsumer<ForkServer, Event> listener)
      throws IOException {
    String filter = SyscallFilter.program().map(HexFormat.of()::formatHex).orElse("");
    String scratch = sandbox.isolates() ? "/tmp" : "";
    String program = Script.python("server", "values", "answer", "tests", "main");
    Job job = Job.of(
            "env", "PYTHONHASHSEED=0", "python3", "-sSB", "-c", program, filter, scratch, "5", "6")
        .withPipes(requests, replies)
        .within(limits.withCpu(Limits.FOREVER));
    ForkServer server = new ForkServer(sandbox.start(job));
    if (server.read() instanceof Gone) {
      throw new IOException(server.lastWords());
    }
    Thread.ofPlatform().daemon().name("rowan-fork-server").start(() -> server.listen(listener));
    return server;
  }

  private String lastWords() throws IOException {
    byte[] error = process.getErrorStream().readNBytes(MAX_ERROR);
    close();
    return "Python does not start there ("
        + new String(error, StandardCharsets.UTF_8)
            .lines()
            .reduce((_, line) -> line)
            .orElse("no reason given")
        + "): it takes Python 3.10 or newer in /usr (on Debian: apt-get install python3)";
  }

  private void listen(BiConsumer<ForkServer, Event> listener) {
    Event event;
    do {
      event = read();
      listener.accept(this, event);
    } while (!(event instanceof Gone));
  }

  private Event read() {
    try {
      while (true) {
        Optional<byte[]> message = messages.next();
        if (message.isPresent()) {
          return new Said(message.get());
        }
        int length = in.readInt() - 1;
        char kind = (char) in.readByte();
        if (length < 0 || length > MAX_FRAME) {
          return new Gone();
        }
        byte[] payload = in.readNBytes(length);
        switch (kind) {
          case 'D' -> messages.add(payload);
          case 'O' -> {
            return new Printed(payload);
          }
          case 'Z' -> {
            return new Drained();
          }
          default -> {
            return ended(Values.JSON.readTree(payload));
          }
        }
      }
    } catch (IOException e) {
      return new Gone();
    }
  }

  private Ended ended(JsonNode end) {
    // A report that broke off is not to be continued by that of the next run.
    messages.clear();
    return new Ended(
        end.path("exit").asInt(0),
        end.path("cpu").asDouble(0),
        end.path("killed").asString(""),
        end.path("clean").asBoolean(false));
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Starts a run. */
  void order(Order order) throws IOException {
    frame('R', Values.JSON.writeValueAsBytes(order.head()));
    byte[] whole = Values.JSON.writeValueAsBytes(order);
    out.writeInt(whole.length);
    out.write(whole);
    out.flush();
  }

  /** Sends a message to a run that listens to this server instead of to its twin's. */
  void say(byte[] message) throws IOException {
    out.writeInt(message.length + 1 + Integer.BYTES);
    out.writeByte('I');
    out.writeInt(message.length);
    out.write(message);
    out.flush();
  }

  /** Gives the run its whole standard input. */
  void input(byte[] bytes) throws IOException {
    frame('I', bytes);
    frame('C', new byte[0]);
  }

  /** Ends the run if it has not ended; either way it says how. */
  void kill() throws IOException {
    frame('K', new byte[0]);
  }

  /** Empties the channel from the twin, once the runs on both sides have ended. */
  void drain() throws IOException {
    frame('Z', new byte[0]);
  }

  private void frame(char kind, byte[] payload) throws IOException {
    out.writeInt(payload.length + 1);
    out.writeByte(kind);
    out.write(payload);
    out.flush();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
