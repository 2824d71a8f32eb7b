// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One line of an engine's audit log. Each carries the hash of the line before, so none can be
 * altered, dropped or put in without every later hash being made anew. Nothing in it comes from a
 * wall clock of the gate: a gate that is restored and hears the same says the same.
 *
 * @param n counts the engine's entries: 1, 2, 3 …
 * @param atUs event time of what it is about
 * @param who the person, {@code gate} where nobody asked, {@code engine} for its answers
 * @param why the person's reason, or the criteria with theirs
 * @param what in words: what was asked, decided or ended
 * @param commandId set where a command is behind it
 * @param decisionId set where a decision is
 * @param criterionId the criterion overridden, or the first that led to the decision
 * @param epoch of the control record, null for entries without one
 * @param expiresAtUs of an override, event time
 * @param previousHash that of entry n − 1, 64 zeros for the first
 * @param hash SHA-256 in hexadecimal digits over the previous hash and every component above
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
    String schema,
    String engineId,
    long n,
    long atUs,
    Source source,
    AuditKind kind,
    String who,
    String why,
    String what,
    @Nullable String commandId,
    @Nullable String decisionId,
    @Nullable String criterionId,
    @Nullable Long epoch,
    @Nullable Long expiresAtUs,
    String previousHash,
    String hash) {
  public static final String SCHEMA = "audit_entry.v1";
}
