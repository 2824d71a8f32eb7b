// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.baseline.Baseline;
import dev.sluice.rules.release.Waiver;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run of gates is asked.
 *
 * @param datasets as given, for the report
 * @param asOfUs moment judged for, epoch microseconds; null: the newest event
 * @param untilUs what is later is not looked at; null: the moment judged for
 * @param sinceUs what is earlier is not looked at; null: as far as each gate's window
 * @param provenance weakest source accepted; null: as the stage says
 * @param build the build that is to be released; null: whichever it is, but one
 * @param flags snapshot of flags; null where there is none
 * @param baselines locks that income is compared with
 * @param configuration directory that is looked through for secrets
 * @param logs directories that are looked through for secrets
 * @param createdBy version of Sluice
 */
public record GateSettings(
    String datasets,
    @Nullable Long asOfUs,
    @Nullable Long untilUs,
    @Nullable Long sinceUs,
    @Nullable Source provenance,
    @Nullable String build,
    @Nullable FlagsFile flags,
    List<Baseline> baselines,
    Path configuration,
    List<Path> logs,
    List<Waiver> waivers,
    List<String> approvers,
    String createdBy) {
  /** Keeps its own copies. */
  public GateSettings {
    baselines = List.copyOf(baselines);
    logs = List.copyOf(logs);
    waivers = List.copyOf(waivers);
    approvers = List.copyOf(approvers);
  }
}
