// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Nullable;

/** One input of the judge: exactly one of the three is not null. */
public record PortfolioInput(
    @Nullable RiskEvent event, @Nullable Bucket bucket, @Nullable Command command) {
  static PortfolioInput of(RiskEvent event) {
    return new PortfolioInput(event, null, null);
  }

  static PortfolioInput of(Bucket bucket) {
    return new PortfolioInput(null, bucket, null);
  }

  static PortfolioInput of(Command command) {
    return new PortfolioInput(null, null, command);
  }
}
