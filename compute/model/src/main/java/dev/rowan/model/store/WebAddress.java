package dev.rowan.model.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses that files can be fetched from; nothing else is given to the network. */
final class WebAddress {

  private static final int LAST_PORT = 65_535;

  private WebAddress() {}

  /** What a text means, if that is an address of http or https. */
  static Optional<URI> of(String text) {
    return uri(text).filter(WebAddress::isWeb);
  }

  /** What a text means that was found at {@code base}: it may leave out how that begins. */
  static Optional<URI> of(URI base, String text) {
    return uri(text).map(base::resolve).filter(WebAddress::isWeb);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isWeb(URI uri) {
    String scheme = uri.getScheme();
    return ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
        && uri.getHost() != null
        && uri.getPort() <= LAST_PORT;
  }
}
