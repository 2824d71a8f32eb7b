// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * An address whose path may be a secret, as that of a Slack webhook is: printed without path, query
 * and user.
 */
public record MaskedUrl(URI uri) {
  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is no http(s) address; the text is not in the message
   */
  static MaskedUrl parse(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return new MaskedUrl(uri);
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no http:// or https:// address"); // its text is a secret
    }
    throw new IllegalArgumentException("no http:// or https:// address");
  }

  @Override
  public String toString() {
    boolean more = uri.getRawQuery() != null || uri.getRawPath().length() > 1;
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + (more ? "/…" : "");
  }
}
