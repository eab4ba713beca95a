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
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A warm Python in a sandbox that forks a process for each run; this end of {@code server.py}. One run at a time, one
 * thread at a time; {@link #close} from any.
 */
final class ForkServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_FRAME = 1 << 20;
  private static final int MAX_ERROR = 4096;

  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Messages messages = new Messages();
  private boolean running;
  private boolean clean = true;

  /** What a run says, or how it ended. */
  sealed interface Event {}

  /**
   * A message of a run. What it says is not to be trusted if the run is of an answer.
   *
   * @param bytes its kind, then JSON; empty if it is nonsense
   */
  record Said(byte[] bytes) implements Event {

    char kind() {
      return bytes.length == 0 ? ' ' : (char) bytes[0];
    }

    byte[] content() {
      return java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
    }
  }

  /** Bytes of a run's standard output. */
  record Printed(byte[] bytes) implements Event {}

  /**
   * The end of a run.
   *
   * @param exit its exit code; minus the signal's number if a signal ended it
   * @param cpu seconds of processor time
   * @param killed why the server ended it: {@code time}, {@code output}, {@code asked}; empty if it did not
   */
  record Ended(int exit, double cpu, String killed) implements Event {}

  private ForkServer(Process process) {
    this.process = process;
    in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  /**
   * Starts one.
   *
   * @throws IOException if it does not come up
   */
  static ForkServer start(Sandbox sandbox, Limits limits) throws IOException {
    String filter = SyscallFilter.program().map(HexFormat.of()::formatHex).orElse("");
    String scratch = sandbox.isolates() ? "/tmp" : "";
    Job job = Job.of(
            "env",
            "PYTHONHASHSEED=0",
            "python3",
            "-sSB",
            "-c",
            Script.python("server", "values", "answer", "tests", "main"),
            filter,
            scratch)
        .within(limits.withCpu(Limits.FOREVER));
    ForkServer server = new ForkServer(sandbox.start(job));
    try {
      server.read();
      return server;
    } catch (IOException e) {
      throw new IOException(server.lastWords(), e);
    }
  }

  private String lastWords() throws IOException {
    byte[] error = process.getErrorStream().readNBytes(MAX_ERROR);
    close();
    return "Python does not start in the sandbox ("
        + new String(error, StandardCharsets.UTF_8)
            .lines()
            .reduce((_, line) -> line)
            .orElse("no reason given")
        + "): it takes Python 3.10 or newer in /usr (on Debian: apt-get install python3)";
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Starts a run. */
  void order(Order order) throws IOException {
    messages.clear();
    running = true;
    frame('R', JSON.writeValueAsBytes(order));
  }

  /** Sends a message to the run. */
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

  private void frame(char kind, byte[] payload) throws IOException {
    out.writeInt(payload.length + 1);
    out.writeByte(kind);
    out.write(payload);
    out.flush();
  }

  /** Ends the run if it has not ended; whether nothing is left of it. */
  boolean stop() throws IOException {
    if (running) {
      frame('K', new byte[0]);
    }
    while (running) {
      read();
    }
    return clean;
  }

  /**
   * Waits for what comes next.
   *
   * @throws IOException if the server is gone
   */
  Event read() throws IOException {
    while (true) {
      Optional<byte[]> message = messages.next();
      if (message.isPresent()) {
        return new Said(message.get());
      }
      int length = in.readInt() - 1;
      char kind = (char) in.readByte();
      if (length < 0 || length > MAX_FRAME) {
        throw new IOException("a frame of " + length + " bytes from the fork server");
      }
      byte[] payload = in.readNBytes(length);
      switch (kind) {
        case 'D' -> messages.add(payload);
        case 'O' -> {
          return new Printed(payload);
        }
        default -> {
          return ended(JSON.readTree(payload));
        }
      }
    }
  }

  private Ended ended(JsonNode end) {
    running = false;
    clean = end.path("clean").asBoolean(true);
    return new Ended(
        end.path("exit").asInt(0),
        end.path("cpu").asDouble(0),
        end.path("killed").asString(""));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
