// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.live;

import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What may be changed while the jobs run, each refusal a sentence for its author. Only criteria on
 * buckets and heartbeats: the other judges read theirs when they start. No hard cap, whether it
 * would be loosened or tightened: to tell one from the other is not left to a comparison of texts.
 */
final class LiveChecks {
  private static final String ID = "[a-z][a-z0-9-]{0,63}";

  private final List<CriterionSpec> files;
  private final Set<String> hardCaps;

  LiveChecks(List<CriterionSpec> files, Collection<String> hardCaps) {
    this.files = files;
    this.hardCaps = Set.copyOf(hardCaps);
  }

  /**
   * Everything but the texts.
   *
   * @throws CriteriaException when the record may not be judged by
   */
  void check(LiveCriterion record) {
    String id = record.criterionId();
    refuse(record.who().isBlank() || record.why().isBlank(), "who and why are mandatory");
    refuse(record.version() < 1, "versions count from 1, this is " + record.version());
    refuse(
        hardCaps.contains(id),
        "`" + id + "` is a hard cap (gate.hard_caps): change its file and restart the jobs");
    for (String suffix : List.of(CriterionSpec.STAGED_SUFFIX, CriterionSpec.WARNING_SUFFIX)) {
      refuse(
          id.endsWith(suffix),
          "`" + id + "` ends with " + suffix + ", which is the judge's own; name the criterion");
    }
    boolean text = record.mode() != LiveMode.REVERTED;
    refuse(
        text != (record.text() != null && record.criteriaHash() != null),
        record.mode() + (text ? " needs a text and its hash" : " has no text"));
    boolean stays = record.inForceText() != null;
    refuse(
        stays != (record.inForceHash() != null)
            || stays != (record.inForceVersion() != null)
            || (stays && record.mode() != LiveMode.SHADOW),
        "a text that stays in force is for SHADOW, with its hash and version");
    CriterionSpec file = file(id);
    if (file != null) {
      family(file);
    }
  }

  /**
   * One text of a record, which {@link #check} has passed.
   *
   * @throws CriteriaException when it may not be judged by
   */
  CriterionSpec read(LiveCriterion record, String text, String hash) {
    String id = record.criterionId();
    CriterionSpec spec = LiveText.read(id + " version " + record.version(), text);
    refuse(!spec.id().equals(id), "the text is of `" + spec.id() + "`, the record of `" + id + "`");
    family(spec);
    String stagedId = spec.staged().id();
    refuse(!stagedId.matches(ID), "`" + stagedId + "` must be an id too: at most 64 characters");
    refuse(file(stagedId) != null, "the files have a criterion `" + stagedId + "`");
    CriterionSpec file = file(id);
    String warningId = id + CriterionSpec.WARNING_SUFFIX;
    refuse(
        file(warningId) != null && (file == null || file.warnAt() == 0),
        "the files have a criterion `" + warningId + "` of its own");
    refuse(
        !spec.criteriaHash().equals(hash),
        "the text's hash is "
            + spec.criteriaHash()
            + " here, "
            + hash
            + " in the record: written by another build, or altered");
    return spec;
  }

  private static void family(CriterionSpec spec) {
    Family family = spec.metric().family();
    refuse(
        family != Family.BUCKETS,
        "`"
            + spec.id()
            + "` is judged by the job of "
            + family.name().toLowerCase(Locale.ROOT)
            + ", which reads its criteria when it starts: change its file and restart the jobs");
  }

  private CriterionSpec file(String id) {
    return files.stream().filter(spec -> spec.id().equals(id)).findFirst().orElse(null);
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new CriteriaException(why);
    }
  }
}
