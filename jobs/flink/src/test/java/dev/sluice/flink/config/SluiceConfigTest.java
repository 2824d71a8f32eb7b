// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.flink.TestPaths;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SluiceConfigTest {
  @TempDir Path dir;

  @Test
  void propertiesOfAFileOfTheirOwnReachEveryClientAndAreNotPrinted() {
    SluiceConfig config = SluiceConfig.defaults().withKafkaClient(Map.of("sasl.jaas.config", "x9"));
    assertThat(config.kafka().client()).containsEntry("sasl.jaas.config", "x9");
    assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain("x9");
    assertThat(config.withKafkaClient(Map.of())).isEqualTo(config);
  }

  @Test
  void everyDefaultIsPinned() {
    Map<String, String> defaults = new TreeMap<>();
    SettingsCatalogue.of(SluiceConfig.class).forEach(e -> defaults.put(e.key(), e.defaultValue()));

    assertThat(defaults)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("buckets.width", "10s"),
                Map.entry("buckets.roster_source", "SIMULATED"),
                Map.entry("buckets.flush", "50ms"),
                Map.entry("buckets.max_record_bytes", "1048576"),
                Map.entry("buckets.max_engines", "1000"),
                Map.entry("buckets.max_symbols", "256"),
                Map.entry("buckets.max_open_starts", "100000"),
                Map.entry("buckets.max_empty_buckets", "8640"),
                Map.entry("buckets.max_waiting_fills", "10000"),
                Map.entry("buckets.allowed_skew", "2s"),
                Map.entry("buckets.max_step", "15m"),
                Map.entry("buckets.punctuation_grace", "10s"),
                Map.entry("buckets.out_of_order", "5s"),
                Map.entry("buckets.idle_grace", "20s"),
                Map.entry("buckets.idle_lag", "10s"),
                Map.entry("buckets.idle_ingest_gap", "500ms"),
                Map.entry("buckets.quiet", "500ms"),
                Map.entry("buckets.settle", "100ms"),
                Map.entry("buckets.warm_up", "3s"),
                Map.entry("buckets.max_punctuations", "20000"),
                Map.entry("calibration.interval", "5m"),
                Map.entry("calibration.amend_within", "6h"),
                Map.entry("calibration.slow_p95", "1s"),
                Map.entry("calibration.min_hit_ratio", "0.3"),
                Map.entry("calibration.min_ticks", "10"),
                Map.entry("calibration.max_keys", "1000"),
                Map.entry("calibration.max_waiting_starts", "720"),
                Map.entry("calibration.max_held_amendments", "10000"),
                Map.entry("calibration.ready_after", "24h"),
                Map.entry("calibration.warn_after", "12h"),
                Map.entry("calibration.max_filtered_ratio", "0.1"),
                Map.entry("criteria.dir", "criteria"),
                Map.entry("criteria.refresh", "1m"),
                Map.entry("datasets.dir", "data/datasets"),
                Map.entry("datasets.enabled", "true"),
                Map.entry("datasets.parallelism", "1"),
                Map.entry("datasets.roll_bytes", "134217728"),
                Map.entry("datasets.roll_interval", "5m"),
                Map.entry("datasets.row_group_bytes", "16777216"),
                Map.entry("datasets.zstd_level", "3"),
                Map.entry("flink.checkpoint.dir", "data/checkpoints"),
                Map.entry("flink.checkpoint.interval", "10s"),
                Map.entry("flink.checkpoint.min_pause", "1s"),
                Map.entry("flink.checkpoint.retained", "3"),
                Map.entry("flink.checkpoint.timeout", "5m"),
                Map.entry("flink.checkpoint.tolerable_failures", "10"),
                Map.entry("flink.max_parallelism", "0"),
                Map.entry("flink.parallelism", "1"),
                Map.entry("flink.restart.initial_delay", "500ms"),
                Map.entry("flink.restart.max_delay", "30s"),
                Map.entry("flink.restart.multiplier", "2.0"),
                Map.entry("flink.restart.reset_after", "5m"),
                Map.entry("gate.checkpoint_budget", "1m"),
                Map.entry("gate.effective_within", "10s"),
                Map.entry("gate.hard_caps", "[daily-loss, net-exposure, concentration]"),
                Map.entry("gate.judges", "[criteria, integrity, reconciliation, risk, trial]"),
                Map.entry("gate.lease_period", "1s"),
                Map.entry("gate.lease_ttl", "10s"),
                Map.entry("gate.override_max", "24h"),
                Map.entry("gate.progress_budget", "15s"),
                Map.entry("gate.settle", "30s"),
                Map.entry("gate.received_within", "5s"),
                Map.entry("gate.signing_key_file", ""),
                Map.entry("judge_id", "judge-1"),
                Map.entry("kafka.bootstrap", "localhost:9092"),
                Map.entry("kafka.client", "{}"),
                Map.entry("kafka.consumer", "{}"),
                Map.entry("kafka.group_prefix", "sluice"),
                Map.entry("kafka.producer", "{}"),
                Map.entry("sequence.allowed_skew", "2s"),
                Map.entry("sequence.grace", "10s"),
                Map.entry("sequence.max_engines", "1000"),
                Map.entry("sequence.max_punctuations", "20000"),
                Map.entry("sequence.max_record_bytes", "1048576"),
                Map.entry("sequence.max_step", "15m"),
                Map.entry("sequence.max_waiting", "50000"),
                Map.entry("sequence.out_of_order", "5s"),
                Map.entry("sequence.venue_lag", "20s"),
                Map.entry("sequence.venue_patience", "5s"),
                Map.entry("integrity.answer_within", "1m"),
                Map.entry("integrity.ended_keep", "1m"),
                Map.entry("integrity.hedge_level", "5s"),
                Map.entry("integrity.hedge_levels", "3"),
                Map.entry("integrity.hedge_tolerance_ratio", "0.001"),
                Map.entry("integrity.intent_grace", "5s"),
                Map.entry("integrity.max_remembered_ids", "100000"),
                Map.entry("integrity.max_standing", "1000"),
                Map.entry("integrity.max_watched", "20000"),
                Map.entry("integrity.progress", "10s"),
                Map.entry("integrity.silent_after", "1m"),
                Map.entry("integrity.skew_limit", "500ms"),
                Map.entry("integrity.timeout_slack", "500ms"),
                Map.entry("integrity.unanswered_after", "10s"),
                Map.entry("reconciliation_file", "reconciliation.yaml"),
                Map.entry("parity.pairs", "[]"),
                Map.entry("parity.window", "10m"),
                Map.entry("parity.match_within", "2s"),
                Map.entry("parity.grace", "30s"),
                Map.entry("parity.patience", "30s"),
                Map.entry("parity.min_pairs", "10"),
                Map.entry("parity.max_intents", "5000"),
                Map.entry("parity.limits.restart", "0"),
                Map.entry("parity.limits.market_data_bps", "0.5"),
                Map.entry("parity.limits.latency", "10ms"),
                Map.entry("parity.limits.fee_bps", "0.05"),
                Map.entry("parity.limits.fill_share", "0.05"),
                Map.entry("risk.jump_ratio", "0.1"),
                Map.entry("risk.max_symbols", "256"),
                Map.entry("risk.max_waiting", "1000"),
                Map.entry("risk.min_equity", "1000.0"),
                Map.entry("risk.min_gross", "10000.0"),
                Map.entry("risk.silent_after", "30s"),
                Map.entry("risk.var_hours", "720"),
                Map.entry("risk.var_min_hours", "100"),
                Map.entry("trials.dir", "trials"),
                Map.entry("verify.count_delta", "5"),
                Map.entry("verify.covered", "24h"),
                Map.entry("verify.missing_correlation", "0"),
                Map.entry("roster", "[mm-1]")));
  }

  @Test
  void theShippedFileHoldsTheDefaults() {
    Path file = TestPaths.repositoryRoot().resolve("config/sluice.yaml");

    SluiceConfig shipped = SluiceConfig.load(file, Map.of(), List.of());

    assertThat(Path.of(shipped.criteria().dir())).isEqualTo(file.resolveSibling("criteria"));
    assertThat(Path.of(shipped.trials().dir())).isEqualTo(file.resolveSibling("trials"));
    assertThat(Path.of(shipped.reconciliationFile()))
        .isEqualTo(file.resolveSibling("reconciliation.yaml"));
    assertThat(shipped)
        .usingRecursiveComparison()
        .ignoringFields("criteria.dir", "trials.dir", "reconciliationFile")
        .isEqualTo(SluiceConfig.defaults());
  }

  @Test
  void everySettingAndItsDefaultStandsInTheShippedFile() throws IOException {
    String text = Files.readString(TestPaths.repositoryRoot().resolve("config/sluice.yaml"));

    for (SettingsCatalogue.Entry entry : SettingsCatalogue.of(SluiceConfig.class)) {
      String name = entry.key().substring(entry.key().lastIndexOf('.') + 1);
      assertThat(text).contains(name + ": " + entry.defaultValue());
    }
  }

  @Test
  void anEmptyFileIsTheDefaults() throws IOException {
    assertThat(load("").flink()).isEqualTo(SluiceConfig.defaults().flink());
  }

  @Test
  void argumentsBeatTheEnvironmentWhichBeatsTheFile() throws IOException {
    Path file = write("kafka: {bootstrap: file:1}\nroster: [a]\njudge_id: from-file\n");
    Map<String, String> environment =
        Map.of(
            "SLUICE_SET_KAFKA_BOOTSTRAP",
            "environment:2",
            "SLUICE_SET_JUDGE_ID",
            "from-environment",
            "PATH",
            "/bin");

    SluiceConfig config =
        SluiceConfig.load(file, environment, List.of("kafka.bootstrap=argument:3"));

    assertThat(config.kafka().bootstrap()).isEqualTo("argument:3");
    assertThat(config.judgeId()).isEqualTo("from-environment");
    assertThat(config.roster()).containsExactly("a");
    assertThat(config.gate().judgeId()).isEqualTo("from-environment");
  }

  @Test
  void overridesReachSectionsListsDurationsAndClientProperties() throws IOException {
    SluiceConfig config =
        load(
            "",
            "roster=mm-1, mm-2",
            "flink.parallelism=2",
            "flink.checkpoint.interval=1s500ms",
            "kafka.client.security.protocol=SASL_SSL",
            "kafka.client.ssl.truststore.location=/etc/trust.jks",
            "datasets.enabled=false");

    assertThat(config.roster()).containsExactly("mm-1", "mm-2");
    assertThat(config.flink().parallelism()).isEqualTo(2);
    assertThat(config.flink().checkpoint().intervalMs()).isEqualTo(1_500);
    assertThat(config.kafka().client())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.truststore.location", "/etc/trust.jks");
    assertThat(config.datasets().enabled()).isFalse();
  }

  @Test
  void anUnknownKeyNamesKeyFileAndTheNearestKnown() throws IOException {
    Path file = write("flink: {paralelism: 2}\n");

    assertThatThrownBy(() -> SluiceConfig.load(file, Map.of(), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file + ": unknown setting 'flink.paralelism'; did you mean 'flink.parallelism'?");
  }

  @Test
  void aKnownKeyInTheWrongSectionIsPointedToTheRightOne() {
    assertRefused(
        "parallelism: 2",
        "unknown setting 'parallelism'; did you mean 'datasets.parallelism' or 'flink.parallelism'?");
  }

  @Test
  void anUnknownKeyOfAnArgumentOrVariableNamesThatArgumentOrVariable() {
    assertThatThrownBy(() -> load("", "flink.paralelism=2"))
        .hasMessage(
            "--set flink.paralelism: unknown setting 'flink.paralelism'; did you mean 'flink.parallelism'?");
    assertThatThrownBy(
            () -> SluiceConfig.load(write(""), Map.of("SLUICE_SET_JUDGE_IDD", "x"), List.of()))
        .hasMessage(
            "environment variable SLUICE_SET_JUDGE_IDD: no such setting; did you mean 'SLUICE_SET_JUDGE_ID'?");
  }

  @Test
  void wrongValuesAreRefusedWithKeyAndReason() {
    assertRefused(
        "flink: {parallelism: two}", "flink.parallelism must be a whole number, not \"two\"");
    assertRefused("flink: {parallelism: 1.5}", "flink.parallelism must be a whole number, not 1.5");
    assertRefused("flink: {parallelism: 0}", "flink: parallelism must be at least 1, not 0");
    assertRefused("flink: 3", "flink must be a section of key: value");
    assertRefused(
        "flink: {checkpoint: {interval: 10}}",
        "flink.checkpoint.interval must be a duration with its unit, for example 250ms or 9m50s, not 10");
    assertRefused(
        "flink: {checkpoint: {interval: soon}}",
        "flink.checkpoint.interval must be a duration: 'soon' is no duration");
    assertRefused("datasets: {enabled: maybe}", "datasets.enabled must be true or false");
    assertRefused("roster: []", "roster must name at least one engine, each once");
    assertRefused("roster: [a, a]", "roster must name at least one engine, each once");
    assertRefused("roster: ['a/../b']", "roster: 'a/../b' is no engine id");
    assertRefused(
        "flink: {checkpoint: {interval: 1m}}", "gate.checkpoint_budget must be at least twice");
    assertRefused("parity: {pairs: [mm-1]}", "'mm-1' is not written as in mm-1=mm-1-shadow");
    assertRefused(
        "parity: {pairs: [mm-1=mm-2]}", "both engines of 'mm-1=mm-2' must be on the roster");
    assertRefused("parity: {grace: 3s}", "parity.grace must be at least twice match_within");
    assertRefused("calibration: {interval: 7m}", "calibration.interval must divide a day");
    assertRefused("calibration: {interval: 15s}", "must be a multiple of buckets.width");
    assertRefused("calibration: {amend_within: 1m}", "must be at least the interval");
    assertRefused("calibration: {min_hit_ratio: 30}", "are shares of 0 to 1");
    assertRefused("calibration: {ready_after: 1h}", "must be at least warn_after");
    assertRefused("calibration: {intervall: 5m}", "interval");
    assertRefused("parity: {limits: {fill_share: 2}}", "fill_share at most 1");
    assertRefused("judge_id:", "judge_id must not be empty");
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertRefused("flink:\n  parallelism: [1\n", "line 2");
    assertRefused("flink: {parallelism: 1}\nflink: {parallelism: 2}\n", "Duplicate");
    assertRefused("- a\n- b\n", "must be sections");
  }

  @Test
  void aMissingFileIsOneClearLine() {
    Path missing = dir.resolve("absent.yaml");

    assertThatThrownBy(() -> SluiceConfig.load(missing, Map.of(), List.of()))
        .hasMessage(missing + ": no such file");
  }

  @Test
  void secretsAreNeverRepeated() throws IOException {
    SluiceConfig config = load("", "kafka.client.sasl.jaas.config=user and hunter2");

    assertThat(config.toString()).doesNotContain("hunter2").contains("sasl.jaas.config");
    assertThatThrownBy(() -> load("", "kafka.client.ssl.key.password=[hunter2]"))
        .hasMessageNotContaining("hunter2")
        .hasMessageContaining("kafka.client");
  }

  @Test
  void argumentsOfAMainAreReadStrictly() throws IOException {
    Path file = write("judge_id: j\n");

    SluiceConfig config =
        SluiceConfig.fromArguments("--config", file.toString(), "--set", "roster=x");

    assertThat(config.judgeId()).isEqualTo("j");
    assertThat(config.roster()).containsExactly("x");
    assertThatThrownBy(() -> SluiceConfig.fromArguments("--confg", file.toString()))
        .hasMessageContaining("'--confg' is not understood");
  }

  @Test
  void environmentNamesAreUnique() {
    assertThat(SettingsCatalogue.of(SluiceConfig.class))
        .extracting(SettingsCatalogue.Entry::environmentName)
        .doesNotHaveDuplicates();
  }

  private void assertRefused(String yaml, String reason) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sluice.yaml")
        .hasMessageContaining(reason);
  }

  private SluiceConfig load(String yaml, String... overrides) throws IOException {
    return SluiceConfig.load(write(yaml), Map.of(), List.of(overrides));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(dir.resolve("sluice.yaml"), yaml);
  }

  @Test
  void aShadowIsLeftOutOfThePortfolioUnlessItIsNamed() {
    SluiceConfig config =
        SluiceConfig.load(
            TestPaths.repositoryRoot().resolve("config/sluice.yaml"),
            Map.of(),
            List.of("roster=[mm-1, mm-1-shadow]", "parity.pairs=[mm-1=mm-1-shadow]"));

    List<CriterionSpec> portfolio =
        config.portfolioCriteria().stream()
            .filter(spec -> spec.scope() == Scope.PORTFOLIO)
            .toList();

    assertThat(portfolio).isNotEmpty();
    assertThat(portfolio).allSatisfy(spec -> assertThat(spec.engines()).containsExactly("mm-1"));
  }
}
