// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Nullable;

/** One input of the judge: exactly one of the two is not null. */
public record TrialInput(String engineId, @Nullable Bucket bucket, @Nullable Command command) {
  static TrialInput of(Bucket bucket) {
    return new TrialInput(bucket.engineId(), bucket, null);
  }

  static TrialInput of(Command command) {
    return new TrialInput(command.engineId(), null, command);
  }
}
