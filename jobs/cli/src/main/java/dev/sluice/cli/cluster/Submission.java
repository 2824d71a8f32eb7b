// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import java.util.List;
import java.util.Optional;

/**
 * A job to submit.
 *
 * @param mainClass in {@code sluice-jobs.jar}
 * @param arguments of its main
 * @param from checkpoint or savepoint it goes on from, a path or a URI
 */
public record Submission(String mainClass, List<String> arguments, Optional<String> from) {
  public Submission {
    arguments = List.copyOf(arguments);
  }

  /** A job that starts afresh. */
  public static Submission of(String mainClass, List<String> arguments) {
    return new Submission(mainClass, arguments, Optional.empty());
  }

  /** The same, going on from a checkpoint or savepoint. */
  public Submission from(String savepoint) {
    return new Submission(mainClass, arguments, Optional.of(savepoint));
  }
}
