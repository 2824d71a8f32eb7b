// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One plausible example of each record on the wire; the golden JSON is written from these. */
final class Samples {
  static final long T = 1_767_571_200_000_000L;
  private static final String ENGINE = "mm-1";
  private static final String RUN = "mm-1-20260105T000000Z-1";
  private static final String INTENT = "mm-1-7f-42";
  private static final String ORDER_ID = "mm-1-7f-42-1";
  private static final String SYMBOL = "BTCUSDT";

  private static final TrialState TRIAL =
      new TrialState(
          "auto-spread-queue-eta",
          "10",
          0.1,
          T - 600_000_000L,
          "2026-01-a",
          60_000,
          10_000,
          "7f83b1657ff1fc53");

  private static final MarketSums MARKET =
      new MarketSums(
          20,
          32_400_000,
          1_840_000_000_000L,
          20,
          241_000,
          20,
          45_203_300_000L,
          14,
          58_100_000,
          20,
          -309_188_150_000L,
          309_188_150_000L,
          9,
          1_210_000,
          9_000_000);

  private Samples() {}

  /** File stem of the golden JSON to its record. */
  static Map<String, Record> all() {
    Map<String, Record> all = new TreeMap<>();
    all.put("tick", tick());
    all.put("order", order());
    all.put("fill", fill());
    all.put("health", health());
    all.put("ledger", ledger());
    all.put("dropcopy", dropCopy());
    all.put("bucket", bucket());
    all.put("verdict", verdict());
    all.put("control", control());
    all.put("lease", new Lease(Lease.SCHEMA, ENGINE, T + 5, 10_000, T, 7, "judge-1"));
    all.put("ack", ack());
    all.put("command", command());
    all.put("criterion", criterion());
    all.put("criterionack", criterionAck());
    all.put("finding", finding());
    all.put("drift", drift());
    all.put("risk_audit", riskAudit());
    all.put("audit_entry", auditEntry());
    all.put("trial_status", trialStatus());
    all.put("parity", parity());
    all.put("calibration", calibration());
    all.put("notification", notification());
    all.put(
        "deadletter",
        new DeadLetter(
            DeadLetter.SCHEMA,
            Topics.TICKS,
            0,
            1042,
            ENGINE,
            DeadLetter.QUARANTINED,
            "bid 61838.0 is above ask 61837.0",
            T,
            412,
            new byte[] {123, 125}));
    return all;
  }

  private static Notification notification() {
    return new Notification(
        Notification.SCHEMA,
        "5f1d7a8cb4f2a9e1",
        "0c6e5f84a1b7d3c2",
        NotificationKind.FIRING,
        "alertmanager",
        NotificationStatus.RECEIVED,
        1,
        ENGINE,
        "cache-hit",
        "",
        Severity.CRITICAL,
        Action.PAUSE,
        Enforcement.ENFORCE,
        T - 1_800_000_000L,
        T,
        T + 120_000,
        T + 135_000L,
        "BREACH: cache_hit_ratio is 0.1083 over 1m, in breach when < 0.5; held 30m, 30m allowed",
        "Alertmanager shows it, for receivers: slack");
  }

  private static Tick tick() {
    return new Tick(
        Tick.SCHEMA,
        ENGINE,
        RUN,
        1042,
        T,
        Source.PAPER,
        SYMBOL,
        Arm.A,
        29_459_520L,
        61837.63,
        61837.64,
        3.78826,
        1.54698,
        new Stages(4.2, 0.8, 0.3, 0.2, 0.4, 1.9),
        7.8,
        150.0,
        true,
        12.5,
        false,
        true,
        -0.25,
        0.731,
        4_200.0);
  }

  private static Order order() {
    return new Order(
        Order.SCHEMA,
        ENGINE,
        RUN,
        310,
        T,
        Source.PAPER,
        INTENT,
        ORDER_ID,
        "v-99812",
        SYMBOL,
        Arm.A,
        29_459_520L,
        Side.BUY,
        OrderType.POST_ONLY,
        Purpose.QUOTE,
        OrderState.ACKED,
        new BigDecimal("61830.10"),
        new BigDecimal("0.01000"),
        new BigDecimal("0"),
        T - 4_000,
        T + 1_270_000,
        null,
        null,
        null,
        INTENT,
        ORDER_ID,
        61837.635,
        true);
  }

  private static Fill fill() {
    return new Fill(
        Fill.SCHEMA,
        ENGINE,
        RUN,
        57,
        T,
        Source.PAPER,
        "v-f-5521",
        INTENT,
        ORDER_ID,
        SYMBOL,
        Arm.A,
        29_459_520L,
        Side.BUY,
        new BigDecimal("61830.10"),
        new BigDecimal("0.01000"),
        Liquidity.MAKER,
        new BigDecimal("-0.06183010"),
        "USDT",
        61830.10,
        61837.635,
        61832.005,
        2150.0,
        1.25,
        new BigDecimal("0.03000"),
        T + 1_270_000,
        INTENT,
        ORDER_ID,
        true);
  }

  private static Health health() {
    return new Health(
        Health.SCHEMA,
        ENGINE,
        RUN,
        88,
        T,
        Source.PAPER,
        "0.1.0+f1d7334",
        "sha256:4be1",
        T - 3_600_000_000L,
        412_000_000,
        96_000_000,
        840,
        BreakerState.CLOSED,
        T - 3_600_000_000L,
        1,
        0,
        0,
        2,
        0,
        0,
        4,
        100_012.5,
        14.2,
        -1.7,
        100_000.0,
        Mode.RUN,
        7,
        9_400.0,
        0,
        new SentCounts(1042, 310, 57, 12L),
        new TreeMap<>(Map.of("adaptive_spread", true, "taker_cap", true)),
        new Safeguards(3, 0, 1, 0, 1_270.4),
        TRIAL);
  }

  private static Ledger ledger() {
    return new Ledger(
        Ledger.SCHEMA,
        ENGINE,
        RUN,
        12,
        T,
        Source.PAPER,
        Book.VENUE,
        "paper-1",
        T,
        SnapshotStatus.OK,
        List.of(
            new Balance("BTC", new BigDecimal("1.03000"), new BigDecimal("1.02000")),
            new Balance("USDT", new BigDecimal("98145.10"), new BigDecimal("98145.10"))),
        List.of(new Position(SYMBOL, new BigDecimal("0.03000"), new BigDecimal("61831.20"))),
        List.of(
            new OpenOrder(
                ORDER_ID, SYMBOL, Side.BUY, new BigDecimal("0.01000"), new BigDecimal("0"))),
        91L,
        new BigDecimal("12.41"),
        new BigDecimal("61831.20"));
  }

  private static TrialStatus trialStatus() {
    return new TrialStatus(
        TrialStatus.SCHEMA,
        ENGINE,
        "auto-spread-queue-eta",
        "sha256:77ab",
        "10",
        0.1,
        T,
        Source.PAPER,
        T - 600_000_000L,
        590_000,
        86_400_000,
        9,
        1,
        0.84,
        List.of(
            new Delta(
                "net_bps",
                "bps",
                DeltaRole.GOAL,
                0.41,
                -1.3,
                2.12,
                0.62,
                1.03,
                1,
                10,
                0.12,
                31,
                4,
                VerdictOutcome.BREACH,
                "0.41 bps in [-1.3, 2.12]: the lower bound is not above 0")),
        Rollout.HOLD,
        VerdictOutcome.BREACH,
        "net_bps: the lower bound is not above 0");
  }

  private static Parity parity() {
    return new Parity(
        Parity.SCHEMA,
        ENGINE,
        ENGINE + "-shadow",
        T - 600_000_000L,
        600_000,
        Source.PAPER,
        VerdictOutcome.PASS,
        118,
        3,
        2,
        -0.02,
        0.1,
        0.0,
        -1.25,
        List.of(
            new ParityDrift(ParityCause.RESTART, 0.0, 0.0, "1", 2),
            new ParityDrift(ParityCause.LATENCY, 12.5, 10.0, "ms", 118)),
        ParityCause.LATENCY,
        "118 pairs; acknowledgements 12.5 ms later");
  }

  private static Finding finding() {
    return new Finding(
        Finding.SCHEMA,
        "3f5a91c07b2e4d18",
        ENGINE,
        FindingKind.MISSING_AT_ENGINE,
        "fill=v-f-5521",
        FindingStatus.CONFIRMED,
        Severity.CRITICAL,
        Source.PAPER,
        T + 40_000_000,
        T,
        T + 40_000_000,
        40_000.0,
        3,
        SYMBOL,
        ORDER_ID,
        "v-f-5521",
        null,
        new BigDecimal("0.01000"),
        null,
        "BTC",
        List.of(new InputRange(Topics.DROPCOPY, 0, 91, 91)),
        "the venue executed 0.01000 BTC and the engine has booked nothing for 40 s");
  }

  private static Drift drift() {
    return new Drift(
        Drift.SCHEMA,
        ENGINE,
        "paper-1",
        T + 40_000_000,
        10_000,
        Source.PAPER,
        T + 40_000_000,
        VerdictOutcome.BREACH,
        618.30,
        61.83,
        0,
        1,
        2,
        1,
        "1 critical difference stands");
  }

  private static AuditEntry auditEntry() {
    return new AuditEntry(
        AuditEntry.SCHEMA,
        ENGINE,
        7,
        T,
        Source.PAPER,
        AuditKind.COMMAND_ACCEPTED,
        "ada@example.org",
        "the venue announced a thin book until noon, ticket 840",
        "OVERRIDE hit-ratio until 2026-01-05T12:00:00Z",
        "cmd-20260105-2",
        null,
        "hit-ratio",
        null,
        T + 7_200_000_000L,
        "3b7e2f0d6f9a4c51b8f0a1d2c3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f506",
        "90ce5a1fd8d14a42b08b17c1c2f4c9e9b7e0f4d9a7c3b2a1908f7e6d5c4b3a29");
  }

  private static RiskAudit riskAudit() {
    return new RiskAudit(
        RiskAudit.SCHEMA,
        "9b1f00a2c4d5e677",
        "net-exposure",
        "sha256:77ab",
        List.of(ENGINE, "mm-2"),
        T,
        Source.PAPER,
        VerdictOutcome.BREACH,
        Phase.TRIPPED,
        Action.HALT,
        25_310.5,
        25_000.0,
        "quote",
        List.of(
            new RiskInput(ENGINE, SYMBOL, 0.25, 61_837.0, T, 100_012.5, 100_000.0, 100_020.0, 0.0),
            new RiskInput(
                "mm-2", SYMBOL, 0.16, 61_837.5, T, 99_800.0, 100_000.0, 100_000.0, 120.0)),
        "net_exposure is 25310.5 quote, in breach when >= 25000");
  }

  private static DropCopy dropCopy() {
    return new DropCopy(
        DropCopy.SCHEMA,
        ENGINE,
        RUN,
        91,
        T,
        Source.PAPER,
        "paper-1",
        ORDER_ID,
        "v-99812",
        SYMBOL,
        Side.BUY,
        OrderState.FILLED,
        new BigDecimal("61830.10"),
        new BigDecimal("0.01000"),
        new BigDecimal("0.01000"),
        "v-f-5521",
        new BigDecimal("61830.10"),
        new BigDecimal("0.01000"),
        Liquidity.MAKER,
        new BigDecimal("-0.06183010"),
        "USDT",
        T + 1_270_000,
        null);
  }

  private static Bucket bucket() {
    EdgeSum edge = new EdgeSum(618_301_000, 190_500_000);
    return new Bucket(
        Bucket.SCHEMA,
        ENGINE,
        null,
        SYMBOL,
        T,
        10_000,
        Source.PAPER,
        RUN,
        T + 100_000,
        T + 9_900_000,
        T + 9_900_000,
        24,
        0,
        0,
        0,
        0,
        0,
        T + 10_020_000,
        List.of(new InputRange(Topics.TICKS, 0, 1020, 1039)),
        20,
        0,
        20,
        17,
        1,
        new byte[] {28, -124},
        null,
        null,
        null,
        null,
        null,
        null,
        1,
        0,
        618_301_000,
        0,
        edge,
        EdgeSum.ZERO,
        EdgeSum.ZERO,
        edge,
        edge,
        EdgeSum.ZERO,
        EdgeSum.ZERO,
        2,
        2,
        2,
        0,
        1,
        1,
        0,
        0,
        1,
        null,
        1,
        T,
        T - 3_600_000_000L,
        412_000_000,
        412_500_000,
        BreakerState.CLOSED,
        T - 3_600_000_000L,
        1,
        0,
        0,
        2,
        0,
        0,
        100_012.5,
        14.2,
        -1.7,
        100_000.0,
        Mode.RUN,
        7,
        0,
        null,
        MARKET,
        null);
  }

  private static Calibration calibration() {
    StagePercentiles stage = new StagePercentiles(4.1, 7.9, 12.3);
    return new Calibration(
        Calibration.SCHEMA,
        ENGINE,
        SYMBOL,
        Arm.A,
        T,
        300_000,
        2,
        Source.PAPER,
        T + 330_000_000,
        3,
        30,
        29,
        0.9666666666666667,
        571,
        14,
        1,
        865_621_400,
        40,
        13,
        1.31,
        2.02,
        -0.22,
        -0.31,
        -0.44,
        -0.4,
        0.02,
        0.4,
        0.325,
        0.07,
        stage,
        stage,
        stage,
        stage,
        stage,
        stage,
        stage,
        0.86,
        12.4,
        0.02,
        0.0,
        0.41,
        1.62,
        92_000.5,
        2_260.2,
        -15_459.4,
        15_459.4,
        4_150.0,
        List.of());
  }

  private static Verdict verdict() {
    return new Verdict(
        Verdict.SCHEMA,
        "c0ffee00c0ffee00",
        "deadline-miss",
        "sha256:77aa",
        ENGINE,
        "",
        T,
        Source.PAPER,
        VerdictOutcome.BREACH,
        Phase.TRIPPED,
        T,
        T - 600_000_000L,
        Severity.CRITICAL,
        Action.PAUSE,
        Enforcement.ENFORCE,
        new Evidence(
            0.42,
            0.05,
            "ratio",
            60_000,
            120,
            1.0,
            0,
            T + 20_000,
            List.of(new InputRange(Topics.TICKS, 0, 1020, 1139)),
            "deadline_miss_ratio 0.42 > 0.05 over 1m, held 10m"),
        Action.ROLLBACK);
  }

  private static Control control() {
    return new Control(
        Control.SCHEMA,
        ENGINE,
        8,
        Mode.PAUSE,
        RolloutState.NONE,
        "5f2a9c0d11e0b7aa",
        T - 600_000_000L,
        List.of(
            new Cause(
                "c0ffee00c0ffee00",
                "deadline-miss",
                0.42,
                0.05,
                "deadline_miss_ratio 0.42 > 0.05 over 1m, held 10m")),
        null,
        false,
        T,
        T + 25_000,
        T + 20_000,
        Source.PAPER,
        "judge-1");
  }

  private static Ack ack() {
    return new Ack(
        Ack.SCHEMA,
        ENGINE,
        RUN,
        2,
        T + 1_000_000,
        Source.PAPER,
        "5f2a9c0d11e0b7aa",
        8,
        Mode.PAUSE,
        AckStatus.EFFECTIVE,
        0,
        List.of(new Position(SYMBOL, new BigDecimal("0.03000"), new BigDecimal("61831.20"))),
        T + 30_000,
        T + 33_000,
        T + 1_000_000,
        null);
  }

  private static final String RULE =
      """
      - {id: cache-hit, metric: cache_hit_ratio, over: 5m, breach: "< 0.6", action: PAUSE,
         on_missing: {after: 2m, action: PAUSE}}
      """;

  private static LiveCriterion criterion() {
    return new LiveCriterion(
        LiveCriterion.SCHEMA,
        "cache-hit",
        2,
        LiveMode.SHADOW,
        RULE,
        "9d1f",
        "ada@example.org",
        "a lower limit on trial, ticket 813",
        T,
        RULE.replace("0.6", "0.65"),
        "77aa",
        1L);
  }

  private static CriterionAck criterionAck() {
    return new CriterionAck(
        CriterionAck.SCHEMA,
        "cache-hit",
        2,
        LiveMode.SHADOW,
        "9d1f",
        CriterionAckStatus.APPLIED,
        "staged as cache-hit-staged",
        1,
        4,
        1,
        "77aa",
        "b3c4",
        T + 40);
  }

  private static Command command() {
    return new Command(
        Command.SCHEMA,
        "cmd-20260105-1",
        ENGINE,
        "ada@example.org",
        "latency is back to normal, ticket 812",
        CommandAction.RESUME,
        "engine",
        null,
        T,
        null);
  }
}
