package dev.rowan.model.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is on its way, and what the server calls its content. An {@link IOException} is the server's or the network's,
 * an {@link UncheckedIOException} the disk's.
 */
final class Part {

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");

  private final Path file;
  private final Path part;
  private final Path tag;
  private long whole = -1;

  Part(Path file) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.tag = file.resolveSibling(file.getFileName() + ".tag");
  }

  Path path() {
    return part;
  }

  long length() {
    return part.toFile().length();
  }

  /** Asks for what is missing, provided that it is still the same file. */
  void askForRest(HttpRequest.Builder request) {
    if (length() > 0) {
      tag()
          .ifPresent(
              same -> request.header("Range", "bytes=" + length() + "-").header("If-Range", same));
    }
  }

  /** What the server called the bytes that are here, if it told. */
  private Optional<String> tag() {
    try {
      return Files.exists(tag)
          ? Optional.of(Files.readString(tag)).filter(Part::isStrong)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only a strong validator says that bytes are the same. */
  private static boolean isStrong(String validator) {
    return validator.matches("\"[!#-~]*\"");
  }

  /** Takes a file from its first byte. */
  OutputStream all(HttpHeaders headers) {
    whole = headers.firstValueAsLong("Content-Length").orElse(-1);
    Optional<String> validator = headers.firstValue("ETag").filter(Part::isStrong);
    try {
      Files.deleteIfExists(tag);
      OutputStream out = Files.newOutputStream(part);
      if (validator.isPresent()) {
        Files.writeString(tag, validator.get());
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes the rest of what is here.
   *
   * @throws IOException if it is the rest of something else; the file starts over then
   */
  OutputStream rest(HttpHeaders headers) throws IOException {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) != length()) {
      discard();
      throw new IOException("the server sent other bytes than it was asked for");
    }
    if (tag().isEmpty() || !headers.firstValue("ETag").equals(tag())) {
      discard();
      throw new IOException("the file changed while it was fetched");
    }
    // A server may send less than the whole rest.
    whole = range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    try {
      return Files.newOutputStream(part, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void checkWhole() throws IOException {
    if (whole >= 0 && length() < whole) {
      throw new IOException("the connection broke after " + length() + " of " + whole + " bytes");
    }
  }

  /** There is nothing after what is here: it was whole, or it is of another file. */
  void keepIfWhole(HttpHeaders headers) throws IOException {
    String range = headers.firstValue("Content-Range").orElse("");
    if (length() == 0 || !range.equals("bytes */" + length())) {
      discard();
      throw new IOException("the server has other bytes than it began with");
    }
  }

  void discard() {
    try {
      Files.deleteIfExists(part);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void finish() {
    try {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
