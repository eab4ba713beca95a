package dev.rowan.verify.lean;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The scripts that go with this package, on disk while this process lives. */
final class Resources {

  private Resources() {}

  /** A folder of its own with these scripts, which any user may read. It vanishes with this process. */
  static Path folder(String... names) throws IOException {
    Path folder = Files.createTempDirectory("rowan-lean");
    if (!folder.toFile().setReadable(true, false) || !folder.toFile().setExecutable(true, false)) {
      throw new LeanException("cannot open " + folder + " to other users");
    }
    folder.toFile().deleteOnExit();
    for (String name : names) {
      copy(name, folder.resolve(name));
      folder.resolve(name).toFile().deleteOnExit();
    }
    return folder;
  }

  /** Writes one script. */
  static void copy(String name, Path to) throws IOException {
    Files.write(to, bytes(name));
  }

  /** Sixteen digits that change when one of these scripts does. */
  static String digest(String... names) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : names) {
        digest.update(bytes(name));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Resources.class.getResourceAsStream(name), "resource " + name)) {
      return in.readAllBytes();
    }
  }
}
