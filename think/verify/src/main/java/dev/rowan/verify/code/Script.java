package dev.rowan.verify.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Programs of Rowan's own that run inside sandboxes: resources beside this class. */
final class Script {

  private Script() {}

  /** Parts of a Python program, one after the other. */
  static String python(String... parts) throws IOException {
    StringBuilder whole = new StringBuilder();
    for (String part : parts) {
      whole.append(text(part + ".py")).append('\n');
    }
    return whole.toString();
  }

  static String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream stream = Script.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is missing beside the classes of Rowan: build it again");
      }
      return stream.readAllBytes();
    }
  }
}
