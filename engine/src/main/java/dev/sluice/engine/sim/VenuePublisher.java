// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;

/** Where the venue's own word goes. Called on the venue's thread, in the order of its time. */
public interface VenuePublisher {
  void dropCopy(DropCopy dropCopy);

  void ledger(Ledger ledger);
}
