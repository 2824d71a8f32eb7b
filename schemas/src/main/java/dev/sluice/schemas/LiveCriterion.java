// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * All that holds for one criterion beside the files, since a person changed it: the newest record
 * of an id says everything, so that the topic may be compacted.
 *
 * @param criterionId id of the criterion, never that of its staged form or its warning
 * @param version counts the changes of this criterion from 1; an older one changes nothing
 * @param mode what the change makes of {@code text}
 * @param text the criterion as in a file, YAML, a list of one; null when REVERTED
 * @param criteriaHash hash of {@code text} in force; null when REVERTED
 * @param issuedAtUs wall clock of the person's machine
 * @param inForceText when SHADOW: an earlier text that stays in force instead of the files'; null
 *     where the files' does
 * @param inForceHash hash of {@code inForceText}
 * @param inForceVersion the change that brought {@code inForceText} in force
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveCriterion(
    String schema,
    String criterionId,
    long version,
    LiveMode mode,
    @Nullable String text,
    @Nullable String criteriaHash,
    String who,
    String why,
    long issuedAtUs,
    @Nullable String inForceText,
    @Nullable String inForceHash,
    @Nullable Long inForceVersion) {
  public static final String SCHEMA = "criterion.v1";
}
