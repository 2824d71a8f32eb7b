// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the embedded broker starts.
 *
 * @param directory where it keeps its log and its metadata; an existing one is taken up again
 * @param port of the clients' listener on loopback, 0 for any free one
 * @param maxMessageBytes largest record it accepts
 * @param security whom it lets in; empty for everybody on this machine
 */
public record BrokerOptions(
    Path directory, int port, int maxMessageBytes, Optional<BrokerSecurity> security) {
  /** 16 MiB: more than the largest record the jobs must survive (10 MB). */
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  /** A broker that lets everybody on this machine in. */
  public BrokerOptions(Path directory, int port, int maxMessageBytes) {
    this(directory, port, maxMessageBytes, Optional.empty());
  }

  /** Any free port, in the given directory. */
  public static BrokerOptions in(Path directory) {
    return new BrokerOptions(directory, 0, DEFAULT_MAX_MESSAGE_BYTES);
  }

  /** The same broker, which asks who is there. */
  public BrokerOptions securedBy(BrokerSecurity known) {
    return new BrokerOptions(directory, port, maxMessageBytes, Optional.of(known));
  }
}
