package dev.rowan.model.store;

import dev.rowan.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is known of a file before it comes.
 *
 * @param bytes its size
 * @param sha256 its SHA-256 in small hexadecimal digits
 */
record Fingerprint(Optional<Long> bytes, Optional<String> sha256) {

  /** Nothing is known. */
  static final Fingerprint UNKNOWN = new Fingerprint(Optional.empty(), Optional.empty());

  /** Whether a file that is there already is surely this one. */
  boolean fits(Path file) {
    return !equals(UNKNOWN) && complaint(file).isEmpty();
  }

  /** What does not fit. */
  Optional<String> complaint(Path file) {
    long size = file.toFile().length();
    if (bytes.isPresent() && bytes.get() != size) {
      return Optional.of(size + " bytes instead of " + bytes.get());
    }
    return sha256.flatMap(expected -> {
      String actual = sha256(file);
      return actual.equals(expected)
          ? Optional.empty()
          : Optional.of("SHA-256 " + actual + " instead of " + expected);
    });
  }

  static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new ModelException("cannot read " + file + ": make it readable", e);
    }
  }
}
