// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.schemas.Topics;

/** Which topics share a source. */
final class Sources {
  /** What engines and venues say of what happened. */
  static final String[] EVENTS = {
    Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER, Topics.DROPCOPY
  };

  /** What the buckets are filled from. */
  static final String[] JUDGED = {
    Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER
  };

  /** What is put in order for integrity and reconciliation. */
  static final String[] ORDERED = {
    Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER, Topics.DROPCOPY
  };

  /** What engines and people answer; those of {@link #PUBLISHED} are for the archive alone. */
  static final String[] FEEDBACK = {Topics.ACKS, Topics.COMMANDS};

  /** What is read back for the archive alone: what the gate decided, and what people were told. */
  static final String[] PUBLISHED = {Topics.CONTROL, Topics.NOTIFICATIONS};

  private Sources() {}
}
