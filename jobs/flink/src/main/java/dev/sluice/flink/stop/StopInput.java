// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Nullable;

/** One input of the judge: exactly one of the three is not null. */
public record StopInput(
    String engineId, @Nullable Bucket bucket, @Nullable Health health, @Nullable Command command) {
  static StopInput of(Bucket bucket) {
    return new StopInput(bucket.engineId(), bucket, null, null);
  }

  static StopInput of(Health health) {
    return new StopInput(health.engineId(), null, health, null);
  }

  static StopInput of(Command command) {
    return new StopInput(command.engineId(), null, null, command);
  }
}
