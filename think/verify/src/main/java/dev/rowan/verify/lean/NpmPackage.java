package dev.rowan.verify.lean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A package of the npm registry, in exactly one version.
 *
 * @param name its name
 * @param version its version
 * @param sha512 of the archive, in base 64, as npm writes it after {@code sha512-}
 * @param bytes of the archive
 */
record NpmPackage(String name, String version, String sha512, long bytes) {

  private static final int CHUNK = 1 << 16;

  /** The name under which npm writes the archive. */
  String archive() {
    return name + "-" + version + ".tgz";
  }

  /**
   * Checks an archive.
   *
   * @throws LeanException if it is not exactly this package
   */
  void check(Path archive) throws IOException {
    String found = digest(archive);
    if (!found.equals(sha512)) {
      throw new LeanException("the archive of " + name + " " + version
          + " is damaged or another one (sha512 " + found + "): run 'rowan lean install' again");
    }
  }

  private static String digest(Path archive) throws IOException {
    try (var in = Files.newInputStream(archive)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      byte[] chunk = new byte[CHUNK];
      for (int n; (n = in.read(chunk)) > 0; ) {
        digest.update(chunk, 0, n);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
