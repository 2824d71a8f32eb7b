// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.dataset.Parquet;
import dev.sluice.rules.gate.AuditChain;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.AuditKind;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice audit} over datasets. */
class AuditCommandTest {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final long HOUR_US = 3_600_000_000L;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<AuditEntry> log = log("mm-1", 5);

  @Test
  void aWholeLogPasses() throws Exception {
    log.addAll(log("mm-2", 2));
    assertThat(verify("--output", "json")).as(err.toString()).isEqualTo(ExitCodes.OK);
    JsonNode verdict = Json.mapper().readTree(out.toString());
    assertThat(verdict.path("outcome").asText()).isEqualTo("PASS");
    assertThat(verdict.path("engines")).hasSize(2);
    assertThat(verdict.path("engines").get(0).path("head").path("n").asLong()).isEqualTo(5);
  }

  @Test
  void theSameRowsAgainAreCountedAndNoFault() {
    log.addAll(List.copyOf(log.subList(2, 5)));
    assertThat(verify("--output", "json")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("\"duplicates\":3");
  }

  @Test
  void anAlteredRowIsNamedWithItsEngine() {
    AuditEntry e = log.get(2);
    log.set(2, entry(e.engineId(), e.n(), "HALT by nobody", e.previousHash(), e.hash()));
    assertThat(verify()).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("mm-1: entry 3 is not what was said", "BROKEN");
  }

  @Test
  void aRowThatIsMissingIsNamed() {
    log.remove(3);
    assertThat(verify()).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("mm-1: entry 4 is missing");
  }

  @Test
  void aLogWithoutItsBeginningIsBroken() {
    log.remove(0);
    assertThat(verify()).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("mm-1: entries 1 to 1 are missing");
  }

  @Test
  void oneBrokenEngineDoesNotHideBehindAnother() {
    log.addAll(log("mm-2", 3));
    log.remove(6);
    assertThat(verify()).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("mm-2: entry 2 is missing").doesNotContain("mm-1: entry");
    out.getBuffer().setLength(0);
    assertThat(sluice("audit", "verify", "--datasets", directory.toString(), "--engine", "mm-1"))
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void whatARestartHasSupersededIsAFaultOnlyWhenAskedFor() {
    AuditEntry second = log.get(1);
    log.add(sealed("mm-1", 3, "said after a restart", second.hash()));
    assertThat(verify("--output", "json")).isEqualTo(ExitCodes.OK);
    assertThat(sluice("audit", "verify", "--datasets", directory.toString(), "--strict"))
        .isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("entries are superseded");
  }

  @Test
  void aDecisionThatTheLogSaysNothingOfIsAFault() {
    Parquet.write(
        directory, "decisions", "SELECT 'mm-1' AS engine_id, unnest(['d1', 'd9']) AS decision_id");
    assertThat(verify()).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString())
        .contains("a decision that the log says nothing of: mm-1 d9")
        .doesNotContain("mm-1 d1");
  }

  @Test
  void nothingIsNoData() {
    assertThat(sluice("audit", "verify", "--datasets", directory.toString()))
        .isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("there is no entry", "NO_DATA");
    assertThat(verify("--engine", "mm-7")).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(out.toString()).contains("there is no entry of mm-7");
  }

  @Test
  void entriesAreListedFromATimeOrADurationOn() {
    store();
    assertThat(show("--since", "2h")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("what 3", "what 5", "ana").doesNotContain("what 2");
    out.getBuffer().setLength(0);
    assertThat(show("--since", "2026-01-05T04:00:00Z", "--output", "json")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("what 4", "previous_hash").doesNotContain("what 3");
    assertThat(show("--since", "yesterday")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--since is neither a time nor a duration");
  }

  @Test
  void anEngineWithoutEntriesIsNoData() {
    store();
    assertThat(sluice("audit", "show", "--datasets", directory.toString(), "--engine", "mm-9"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("NO_DATA");
  }

  private int verify(String... more) {
    store();
    List<String> line =
        new ArrayList<>(List.of("audit", "verify", "--datasets", directory.toString()));
    line.addAll(List.of(more));
    return sluice(line.toArray(String[]::new));
  }

  private int show(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of("audit", "show", "--datasets", directory.toString(), "--engine", "mm-1"));
    line.addAll(List.of(more));
    return sluice(line.toArray(String[]::new));
  }

  private void store() {
    Parquet.write(
        directory,
        "audit_log",
        log.stream().map(AuditCommandTest::row).collect(Collectors.joining(" UNION ALL ")));
  }

  private static String row(AuditEntry e) {
    return String.format(
        "SELECT '%s' AS schema, '%s' AS engine_id, %d::BIGINT AS n,"
            + " make_timestamptz(%d) AS at_us, '%s' AS source, '%s' AS kind, '%s' AS who,"
            + " '%s' AS why, '%s' AS what, NULL::VARCHAR AS command_id, '%s' AS decision_id,"
            + " NULL::VARCHAR AS criterion_id, %d::BIGINT AS epoch,"
            + " NULL::TIMESTAMPTZ AS expires_at_us, '%s' AS previous_hash, '%s' AS hash",
        e.schema(),
        e.engineId(),
        e.n(),
        e.atUs(),
        e.source(),
        e.kind(),
        e.who(),
        e.why(),
        e.what(),
        e.decisionId(),
        e.epoch(),
        e.previousHash(),
        e.hash());
  }

  private static List<AuditEntry> log(String engine, int entries) {
    List<AuditEntry> log = new ArrayList<>();
    String before = AuditChain.GENESIS;
    for (int n = 1; n <= entries; n++) {
      AuditEntry next = sealed(engine, n, "what " + n, before);
      log.add(next);
      before = next.hash();
    }
    return log;
  }

  private static AuditEntry sealed(String engine, long n, String what, String before) {
    return entry(engine, n, what, before, AuditChain.hash(entry(engine, n, what, before, "")));
  }

  private static AuditEntry entry(String engine, long n, String what, String before, String hash) {
    return new AuditEntry(
        AuditEntry.SCHEMA,
        engine,
        n,
        START_US + n * HOUR_US,
        Source.SIMULATED,
        AuditKind.DECISION,
        "ana",
        "a test",
        what,
        null,
        "d" + n,
        null,
        n,
        null,
        before,
        hash);
  }

  private int sluice(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
