// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What an entry of the audit log is about. */
public enum AuditKind {
  /** A person's command that the gate obeyed. */
  COMMAND_ACCEPTED,
  /** A person's command that the gate refused. */
  COMMAND_REFUSED,
  /** A new desired state. */
  DECISION,
  /** The desired state said once more, above the epoch that the engine names. */
  REISSUED,
  /** An override that is over. */
  OVERRIDE_EXPIRED,
  /** The engine says that a decision is in force. */
  EFFECTIVE,
  /** The engine has not answered a decision, or not obeyed it, in time. */
  OVERDUE,
  /** Feature flags that the engine did not take up. */
  FLAGS_REFUSED
}
