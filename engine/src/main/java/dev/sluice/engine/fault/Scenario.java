// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.engine.config.ConfigException;
import dev.sluice.engine.config.StrictYaml;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run to be played: when it starts, how long it lasts in event time, what goes wrong and what the
 * judge must make of it. Times of faults and commands are offsets from the start.
 *
 * @param startUs event time of the start, a multiple of 10 s
 * @param durationMs event time
 * @param trial id of the trial that the engine knows, null for none
 * @param trialSettings {@code key=value} over the trial's plan, as in {@code stages=[0.5,1.0]}
 * @param settings {@code key=value} over the engine's configuration, live and shadow alike
 * @param shadow whether a shadow engine runs beside; never null
 * @param shadowFaults what goes wrong with the shadow, and with it alone; {@code faults} are the
 *     live engine's alone
 * @param rollouts changes of the trial's stage that must follow, in this order; no others may
 * @param holds words that the trial's last reason must hold
 * @param parity drifts between live and shadow that must be told; empty: none may
 */
public record Scenario(
    String name,
    @Nullable String description,
    long startUs,
    long durationMs,
    long seed,
    String engine,
    double ticksPerSecond,
    List<String> symbols,
    List<Fault> faults,
    List<ScenarioCommand> commands,
    @Nullable String trial,
    List<String> trialSettings,
    List<String> settings,
    @Nullable Boolean shadow,
    List<Fault> shadowFaults,
    List<ExpectedRollout> rollouts,
    List<String> holds,
    List<ExpectedDrift> parity) {
  private static final long BUCKET_US = 10_000_000L;

  /**
   * Something that goes wrong from {@code start + at} for {@code for}.
   *
   * @param params numbers by name, see {@link FaultKind}
   * @param expect decisions that must follow; empty: none may
   * @param finds findings that must follow; empty: none may
   */
  public record Fault(
      String id,
      FaultKind kind,
      long atMs,
      long forMs,
      @Nullable Map<String, String> params,
      List<Expectation> expect,
      List<ExpectedFinding> finds) {
    public Fault {
      params = params == null ? Map.of() : Map.copyOf(params);
      expect = List.copyOf(expect);
      finds = List.copyOf(finds);
      check(atMs >= 0 && forMs > 0, id + ": at must not be negative and for must be positive");
      for (Map.Entry<String, String> param : params.entrySet()) {
        check(
            kind.parameters().contains(param.getKey()),
            id + ": unknown parameter '" + param.getKey() + "'; known: " + kind.parameters());
        number(id, param);
      }
    }

    /** A fault that leads to no finding. */
    public Fault(
        String id,
        FaultKind kind,
        long atMs,
        long forMs,
        Map<String, String> params,
        List<Expectation> expect) {
      this(id, kind, atMs, forMs, params, expect, List.of());
    }

    /** A parameter, or its default. */
    public double param(String key, double fallback) {
      String text = params.get(key);
      return text == null ? fallback : Double.parseDouble(text);
    }

    /** End of the fault, offset from the scenario's start. */
    public long endMs() {
      return atMs + forMs;
    }

    private static void number(String id, Map.Entry<String, String> param) {
      try {
        check(
            Double.parseDouble(param.getValue()) >= 0, id + ": " + param.getKey() + " is negative");
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(id + ": " + param.getKey() + " is no number", e);
      }
    }
  }

  /**
   * A decision that must follow.
   *
   * @param due offset from the fault's start such as {@code 10m10s}, or {@code from_events} when it
   *     is to be computed from the raw events
   */
  public record Expectation(String criterion, Action action, String due) {
    public static final String FROM_EVENTS = "from_events";

    public Expectation {
      if (!due.equals(FROM_EVENTS)) {
        Durations.parseMs(due);
      }
    }

    /** True when the due time has to be computed from the raw events. */
    public boolean fromEvents() {
      return due.equals(FROM_EVENTS);
    }

    /** Offset from the fault's start; illegal when {@link #fromEvents()}. */
    public long dueMs() {
      return Durations.parseMs(due);
    }
  }

  /**
   * A finding that must follow.
   *
   * @param count how many of this kind, 1 when absent
   * @param most where chance decides how many: this many at most, {@code count} at least; null:
   *     exactly {@code count}
   * @param within offset from the fault's start by which it must be confirmed, such as {@code 45s}
   * @param age how old it may be at most when it is confirmed; null: any age
   * @param ends its last status: {@code HEALED}, {@code ACKNOWLEDGED}, {@code NOTED} …
   */
  public record ExpectedFinding(
      FindingKind kind,
      @Nullable Integer count,
      @Nullable Integer most,
      String within,
      @Nullable String age,
      FindingStatus ends) {
    public ExpectedFinding {
      count = count == null ? Integer.valueOf(1) : count;
      check(count >= 0, kind + ": count must not be negative");
      check(count > 0 || most != null, kind + ": count must be positive");
      check(most == null || most >= Math.max(1, count), kind + ": most is below count");
      Durations.parseMs(within);
      if (age != null) {
        Durations.parseMs(age);
      }
    }

    /** Exactly so many. */
    public ExpectedFinding(
        FindingKind kind, int count, String within, String age, FindingStatus ends) {
      this(kind, count, null, within, age, ends);
    }

    /** Whether this is a right number of findings. */
    public boolean fits(int found) {
      return found >= count && found <= (most == null ? count : most);
    }

    /** Offset from the fault's start by which it must be confirmed. */
    public long withinMs() {
      return Durations.parseMs(within);
    }

    /** Greatest age at confirmation; {@link Long#MAX_VALUE} when any will do. */
    public long maxAgeMs() {
      return age == null ? Long.MAX_VALUE : Durations.parseMs(age);
    }
  }

  /**
   * What the operator sends when the judge's watermark reaches {@code start + at}.
   *
   * @param criterion what an ACKNOWLEDGE or OVERRIDE is about; null when it is about none
   * @param trial which trial a START_TRIAL starts; null for every other command
   */
  public record ScenarioCommand(
      long atMs,
      CommandAction action,
      String who,
      String why,
      @Nullable String criterion,
      @Nullable String trial) {
    public ScenarioCommand {
      check(
          (action == CommandAction.START_TRIAL) == (trial != null),
          action + ": START_TRIAL names its trial, and no other command does");
    }

    /** A command about no criterion and no trial. */
    public ScenarioCommand(long atMs, CommandAction action, String who, String why) {
      this(atMs, action, who, why, null, null);
    }
  }

  public Scenario {
    faults = List.copyOf(faults);
    commands = List.copyOf(commands);
    symbols = List.copyOf(symbols);
    trialSettings = List.copyOf(trialSettings);
    settings = List.copyOf(settings);
    shadow = shadow != null && shadow;
    shadowFaults = List.copyOf(shadowFaults);
    rollouts = List.copyOf(rollouts);
    holds = List.copyOf(holds);
    parity = List.copyOf(parity);
    check(startUs % BUCKET_US == 0, "start must be a multiple of 10 s");
    check(durationMs > 0, "duration must be positive");
    check(ticksPerSecond > 0, "ticks_per_second must be positive");
    check(!symbols.isEmpty(), "symbols must not be empty");
    ScenarioChecks.faults(faults, durationMs);
    ScenarioChecks.faults(shadowFaults, durationMs);
    check(shadow || (shadowFaults.isEmpty() && parity.isEmpty()), "there is no shadow");
    check(trial != null || (trialSettings.isEmpty() && rollouts.isEmpty()), "there is no trial");
    ScenarioChecks.rollouts(rollouts, faults);
  }

  /** A scenario without a trial and without a shadow. */
  public Scenario(
      String name,
      String description,
      long startUs,
      long durationMs,
      long seed,
      String engine,
      double ticksPerSecond,
      List<String> symbols,
      List<Fault> faults,
      List<ScenarioCommand> commands) {
    this(
        name,
        description,
        startUs,
        durationMs,
        seed,
        engine,
        ticksPerSecond,
        symbols,
        faults,
        commands,
        null,
        List.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Event time of the end, exclusive. */
  public long endUs() {
    return startUs + durationMs * 1_000L;
  }

  /**
   * Reads a scenario file.
   *
   * @throws ConfigException when it cannot be read or holds anything unknown or impossible
   */
  public static Scenario load(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Reads a scenario; {@code name} stands for it in errors. */
  public static Scenario parse(String yaml, String name) {
    ObjectNode root = StrictYaml.parse(yaml, name);
    return StrictYaml.bind(root, Scenario.class, null, name);
  }

  static void check(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
