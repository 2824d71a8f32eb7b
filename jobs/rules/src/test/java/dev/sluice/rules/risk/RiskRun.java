// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A portfolio in seconds from its start, and everything said about it. */
final class RiskRun implements RiskOutput {
  static final long START_US = Instant.parse("2026-01-05T00:00:00Z").getEpochSecond() * 1_000_000L;
  static final String BTC = "BTCUSDT";
  static final String ETH = "ETHUSDT";
  final List<Verdict> verdicts = new ArrayList<>();
  final List<RiskAudit> audits = new ArrayList<>();
  final Map<Count, Integer> counts = new EnumMap<>(Count.class);
  private final List<String> roster;
  private final List<CriterionSpec> specs;
  private final Map<String, String> runs = new HashMap<>();
  private final Map<String, Long> seqs = new HashMap<>();
  private final Map<String, Double> positions = new HashMap<>();
  private final Map<String, Double> dayStarts = new HashMap<>();
  private final Map<String, Long> lastHealthUs = new HashMap<>();
  private final Map<String, Long> lastWordUs = new HashMap<>();
  PortfolioJudge judge;

  RiskRun(List<CriterionSpec> specs, String... roster) {
    this.roster = List.of(roster);
    this.specs = specs;
    this.judge = judge(new PortfolioState());
  }

  /** The shipped criteria of these names, with their warnings. */
  static List<CriterionSpec> shipped(String... ids) {
    List<CriterionSpec> specs = new ArrayList<>();
    for (CriterionSpec spec : ShippedCriteria.all()) {
      for (String id : ids) {
        if (spec.id().equals(id) || spec.id().equals(id + "-warning")) {
          specs.add(spec);
        }
      }
    }
    return specs;
  }

  /** The state handed to another judge, as after a restart. */
  RiskRun restored() {
    judge = judge(judge.snapshot());
    return this;
  }

  /** A heartbeat with a day's start of 100,000 unless {@link #dayStart} says otherwise. */
  RiskRun health(String engine, double second, double equity) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("schema", Health.SCHEMA);
    fields.put("engine_id", engine);
    fields.put("run_id", run(engine));
    fields.put("seq", 1);
    fields.put("event_time_us", us(second));
    fields.put("source", "SIMULATED");
    fields.put("breaker", "CLOSED");
    fields.put("equity", equity);
    fields.put("day_start_equity", dayStarts.getOrDefault(engine, 100_000.0));
    lastHealthUs.put(engine, us(second));
    spoke(engine, second);
    judge.health(Json.ofFields(fields, Health.class), us(second) + 1_000);
    return this;
  }

  RiskRun dayStart(String engine, double equity) {
    dayStarts.put(engine, equity);
    return this;
  }

  RiskRun restart(String engine, String runId) {
    runs.put(engine, runId);
    seqs.keySet().removeIf(key -> key.startsWith(engine + "/"));
    positions.keySet().removeIf(key -> key.startsWith(engine + "/"));
    return this;
  }

  /** A fill without fee; a negative quantity sells. */
  RiskRun fill(String engine, String symbol, double second, double qty, double price) {
    return fill(engine, symbol, second, qty, price, 0);
  }

  RiskRun fill(String engine, String symbol, double second, double qty, double price, double fee) {
    double after = positions.merge(engine + "/" + symbol, qty, Double::sum);
    long seq = seqs.merge(engine + "/", 1L, Long::sum);
    spoke(engine, second);
    judge.trade(
        new Trade(
            engine,
            run(engine),
            seq,
            symbol,
            qty > 0 ? 1 : -1,
            price,
            Math.abs(qty),
            fee,
            after,
            us(second),
            us(second) + 2_000));
    return this;
  }

  RiskRun mark(String engine, String symbol, double second, double mid) {
    spoke(engine, second);
    judge.mark(new Mark(engine, symbol, mid, us(second), us(second) + 3_000));
    return this;
  }

  /** The bucket of ten seconds that ends then. */
  RiskRun bucket(String engine, double endSecond) {
    return bucket(engine, endSecond, lastHealthUs.getOrDefault(engine, 0L));
  }

  RiskRun bucket(String engine, double endSecond, long healthUs) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("schema", Bucket.SCHEMA);
    fields.put("engine_id", engine);
    fields.put("source", "SIMULATED");
    fields.put("start_us", us(endSecond) - 10_000_000L);
    fields.put("width_ms", 10_000);
    fields.put("last_health_us", healthUs);
    fields.put("last_event_ever_us", lastWordUs.getOrDefault(engine, 0L));
    for (String edge :
        List.of(
            "capture", "slippage", "fee", "markout1s", "markout5s", "markout30s", "markout60s")) {
      fields.put(edge, EdgeSum.ZERO);
    }
    judge.bucket(Json.ofFields(fields, Bucket.class));
    return this;
  }

  RiskRun command(String engine, CommandAction action) {
    judge.command(
        new Command(
            Command.SCHEMA, "c-1", engine, "ann", "checked", action, "engine", null, 0, null));
    return this;
  }

  List<Verdict> of(String criterionId) {
    return verdicts.stream().filter(verdict -> verdict.criterionId().equals(criterionId)).toList();
  }

  Verdict last(String criterionId, String engine) {
    List<Verdict> all =
        of(criterionId).stream().filter(verdict -> verdict.engineId().equals(engine)).toList();
    return all.get(all.size() - 1);
  }

  /** What stands: {@code BREACH LATCHED HALT}. */
  String word(String criterionId, String engine) {
    Verdict verdict = last(criterionId, engine);
    String action = verdict.action() == null ? "" : " " + verdict.action();
    return verdict.outcome() + " " + verdict.phase() + action;
  }

  int counted(Count what) {
    return counts.getOrDefault(what, 0);
  }

  static long us(double second) {
    return START_US + Math.round(second * 1e6);
  }

  @Override
  public void verdict(Verdict verdict) {
    verdicts.add(verdict);
  }

  @Override
  public void audit(RiskAudit audit) {
    audits.add(audit);
  }

  @Override
  public void count(Count what) {
    counts.merge(what, 1, Integer::sum);
  }

  private PortfolioJudge judge(PortfolioState state) {
    return new PortfolioJudge(RiskSettings.defaults(), roster, specs, 60_000, state, this);
  }

  private String run(String engine) {
    return runs.getOrDefault(engine, engine + "-1");
  }

  private void spoke(String engine, double second) {
    lastWordUs.merge(engine, us(second), Math::max);
  }
}
