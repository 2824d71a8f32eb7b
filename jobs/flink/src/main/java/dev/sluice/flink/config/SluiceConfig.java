// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import dev.sluice.flink.bucket.BucketSettings;
import dev.sluice.flink.dataset.ArchiveSettings;
import dev.sluice.flink.gate.GateSettings;
import dev.sluice.flink.reconcile.ReconciliationSettings;
import dev.sluice.flink.sequence.SequenceSettings;
import dev.sluice.flink.stop.StopSettings;
import dev.sluice.flink.trial.TrialSettings;
import dev.sluice.rules.calibration.CalibrationSettings;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.rules.integrity.IntegritySettings;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.parity.ParityPair;
import dev.sluice.rules.parity.ParitySettings;
import dev.sluice.rules.risk.RiskSettings;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Scope;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Configuration of the jobs: {@code config/sluice.yaml}, overridden by environment variables {@code
 * SLUICE_SET_FLINK_PARALLELISM=2}, overridden by arguments {@code --set flink.parallelism=2}. An
 * unknown key or a wrong value is a {@link ConfigException} naming key, place and what was probably
 * meant.
 */
public record SluiceConfig(
    KafkaSettings kafka,
    @Setting(
            value = "[mm-1]",
            doc = "ids of the engines judged; buckets are closed for each, silent or not")
        List<String> roster,
    @Setting(value = "judge-1", doc = "identity of this judge in control records and leases")
        String judgeId,
    FlinkSettings flink,
    BucketSettings buckets,
    SequenceSettings sequence,
    IntegritySettings integrity,
    @Setting(
            value = "reconciliation.yaml",
            doc = "settings of the reconciliation; relative to the directory of this file")
        String reconciliationFile,
    RiskSettings risk,
    ParitySettings parity,
    CalibrationSettings calibration,
    CriteriaSettings criteria,
    TrialFilesSettings trials,
    GateSettings gate,
    DatasetSettings datasets,
    CompletenessSettings verify) {
  private static final Pattern ENGINE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public SluiceConfig {
    roster = List.copyOf(roster);
    for (String engineId : roster) {
      if (!ENGINE_ID.matcher(engineId).matches()) {
        throw new IllegalArgumentException("roster: '" + engineId + "' is no engine id");
      }
    }
    if (roster.isEmpty() || roster.stream().distinct().count() != roster.size()) {
      throw new IllegalArgumentException("roster must name at least one engine, each once");
    }
    Settings.present("judge_id", judgeId);
    Settings.present("reconciliation_file", reconciliationFile);
    if (gate.checkpointBudgetMs() < 2 * flink.checkpoint().intervalMs()) {
      throw new IllegalArgumentException(
          "gate.checkpoint_budget must be at least twice flink.checkpoint.interval, or no lease"
              + " is ever given");
    }
    for (ParityPair pair : parity.parsedPairs()) {
      if (!roster.contains(pair.liveId()) || !roster.contains(pair.shadowId())) {
        throw new IllegalArgumentException(
            "parity.pairs: both engines of '" + pair.text() + "' must be on the roster");
      }
    }
    if (!calibration.madeOf(buckets.widthMs())) {
      throw new IllegalArgumentException(
          "calibration.interval must be a multiple of buckets.width");
    }
    gate = gate.signedBy(judgeId);
    buckets = buckets.withRoster(roster, buckets.rosterSource());
    sequence = sequence.withRoster(roster).reportingDeadLettersOf(List.of(Topics.DROPCOPY));
  }

  /** Every setting at its default. */
  public static SluiceConfig defaults() {
    return new ConfigLoader<>(SluiceConfig.class).load();
  }

  /** Reads a file and applies {@code key=value} overrides; the environment comes between them. */
  public static SluiceConfig load(Path file, List<String> overrides) {
    return load(file, System.getenv(), overrides);
  }

  static SluiceConfig load(Path file, Map<String, String> environment, List<String> overrides) {
    return new ConfigLoader<>(SluiceConfig.class)
        .file(file)
        .environment(environment)
        .overrides(overrides)
        .load()
        .resolvedAgainst(file.toAbsolutePath().getParent());
  }

  /** Reads the arguments of a job's main: {@code [--config FILE] [--set key=value]…}. */
  public static SluiceConfig fromArguments(String... arguments) {
    Path file = Path.of("config", "sluice.yaml");
    List<String> overrides = new ArrayList<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : null;
      if (arguments[i].equals("--config") && value != null) {
        file = Path.of(value);
      } else if (arguments[i].equals("--set") && value != null) {
        overrides.add(value);
      } else {
        throw new ConfigException(
            "'"
                + arguments[i]
                + "' is not understood; usage: [--config FILE] [--set key=value]...");
      }
    }
    return load(file, overrides);
  }

  /**
   * Settings of the stop criteria, with the criteria read from their directory.
   *
   * @throws ConfigException when there is none, or one is wrong
   */
  public StopSettings stopSettings() {
    return new StopSettings(
        CriteriaFiles.read(Path.of(criteria.dir())),
        buckets.widthMs(),
        criteria.refreshMs(),
        gate.hardCaps());
  }

  /**
   * The criteria of all judges, read from their directory; each judge takes those of its family.
   *
   * @throws ConfigException as {@link #stopSettings()}
   */
  public List<CriterionSpec> allCriteria() {
    return stopSettings().criteria();
  }

  /**
   * All criteria as the portfolio is judged by them: one that names no engines is about those of
   * the roster that trade. What a shadow holds, nobody owns.
   *
   * @throws ConfigException as {@link #stopSettings()}
   */
  public List<CriterionSpec> portfolioCriteria() {
    Set<String> shadows =
        parity.parsedPairs().stream().map(ParityPair::shadowId).collect(Collectors.toSet());
    List<String> trading = roster.stream().filter(id -> !shadows.contains(id)).toList();
    return allCriteria().stream()
        .map(
            spec ->
                shadows.isEmpty() || spec.scope() != Scope.PORTFOLIO || !spec.engines().isEmpty()
                    ? spec
                    : spec.about(trading))
        .toList();
  }

  /**
   * Settings of the judge of trials, with the trials read from their directory.
   *
   * @throws ConfigException when the directory cannot be read, or a trial or criterion is wrong
   */
  public TrialSettings trialSettings() {
    return new TrialSettings(
        TrialFiles.read(Path.of(trials.dir())),
        allCriteria(),
        buckets.widthMs(),
        criteria.refreshMs());
  }

  /**
   * Settings of the reconciliation, read from their own file.
   *
   * @throws ConfigException when it cannot be read, or holds anything unknown or wrong
   */
  public ReconciliationSettings reconciliation() {
    return new ConfigLoader<>(ReconciliationSettings.class)
        .file(Path.of(reconciliationFile))
        .load();
  }

  /**
   * What the gate must know to move a trial. One that compares like with like has its first stage
   * alone: there is nothing to promote. Each shadow's criteria must have spoken of two windows at
   * most before.
   *
   * @throws ConfigException when a plan or a criterion is wrong
   */
  public RolloutPolicy rolloutPolicy() {
    Map<String, List<Double>> stages = new TreeMap<>();
    TrialFiles.read(Path.of(trials.dir()))
        .forEach(
            (id, plan) ->
                stages.put(
                    id,
                    plan.kind() == TrialPlan.Kind.AA
                        ? plan.stages().subList(0, 1)
                        : plan.stages()));
    List<RolloutPolicy.MandatoryWord> mandatory = new ArrayList<>();
    long maxAgeMs = 2 * parity.windowMs() + parity.graceMs() + criteria.refreshMs();
    for (ParityPair pair : parity.parsedPairs()) {
      for (String criterionId : enforced(Family.PARITY)) {
        mandatory.add(
            new RolloutPolicy.MandatoryWord(pair.liveId(), criterionId, pair.scopeKey(), maxAgeMs));
      }
    }
    return new RolloutPolicy(stages, enforced(Family.TRIAL), mandatory);
  }

  private List<String> enforced(Family family) {
    return allCriteria().stream()
        .filter(spec -> spec.metric().family() == family && spec.mode() == Enforcement.ENFORCE)
        .map(CriterionSpec::id)
        .toList();
  }

  /** Settings of the archive. */
  public ArchiveSettings archive() {
    return new ArchiveSettings(datasets.parallelism(), buckets.maxRecordBytes());
  }

  /** The same, with more properties of every Kafka client than the file has. */
  public SluiceConfig withKafkaClient(Map<String, String> more) {
    return new SluiceConfig(
        kafka.plusClient(more),
        roster,
        judgeId,
        flink,
        buckets,
        sequence,
        integrity,
        reconciliationFile,
        risk,
        parity,
        calibration,
        criteria,
        trials,
        gate,
        datasets,
        verify);
  }

  private SluiceConfig resolvedAgainst(Path directory) {
    CriteriaSettings resolved =
        new CriteriaSettings(
            directory.resolve(criteria.dir()).normalize().toString(), criteria.refreshMs());
    return new SluiceConfig(
        kafka,
        roster,
        judgeId,
        flink,
        buckets,
        sequence,
        integrity,
        directory.resolve(reconciliationFile).normalize().toString(),
        risk,
        parity,
        calibration,
        resolved,
        new TrialFilesSettings(directory.resolve(trials.dir()).normalize().toString()),
        gate,
        datasets,
        verify);
  }
}
