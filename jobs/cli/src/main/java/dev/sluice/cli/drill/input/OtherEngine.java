// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;

/**
 * Another engine on the roster, played by a fault: ticks and heartbeats that number themselves and
 * say how many there were, so that the judge judges it and verify can count it. It obeys nobody and
 * trades nothing. One thread.
 */
public final class OtherEngine {
  public static final long SECOND_US = 1_000_000L;
  public static final long BUCKET_US = 10 * SECOND_US;

  /** A pass takes so long, or so long when it misses its deadline. */
  private static final double FAST_MS = 10;

  private static final double SLOW_MS = 200;
  private static final double DEADLINE_MS = 150;
  private static final int BORDERS_PAST_END = 3;
  private static final double MID = 100;

  private final RecordWriter writer;
  private final String id;
  private final Source source;
  private final long startedUs;
  private String added = "";
  private long ticks;
  private long heartbeats;

  public OtherEngine(RecordWriter writer, String id, Source source, long startedUs) {
    this.writer = writer;
    this.id = id;
    this.source = source;
    this.startedUs = startedUs;
  }

  /** From now on every record has one more field, as those of a later version may. */
  public void addField(String name) {
    added = ",\"" + name + "\":1}";
  }

  private byte[] json(Object event) {
    byte[] known = Json.write(event);
    if (added.isEmpty()) {
      return known;
    }
    String withoutEnd = new String(known, 0, known.length - 1, StandardCharsets.UTF_8);
    return (withoutEnd + added).getBytes(StandardCharsets.UTF_8);
  }

  /** The next tick, numbered, not sent. */
  byte[] tick(long timeUs, boolean slow) {
    return json(
        new Tick(
            Tick.SCHEMA,
            id,
            runId(),
            ++ticks,
            timeUs,
            source,
            "SIMUSDT",
            null,
            null,
            MID,
            MID + 0.01,
            1,
            1,
            new Stages(1, 1, 1, 1, 1, 1),
            slow ? SLOW_MS : FAST_MS,
            DEADLINE_MS,
            true,
            1.0,
            false,
            null,
            0.0,
            null,
            null));
  }

  /** The next heartbeat, numbered, which says that everything numbered so far has been sent. */
  byte[] heartbeat(long timeUs) {
    return json(
        new Health(
            Health.SCHEMA,
            id,
            runId(),
            ++heartbeats,
            timeUs,
            source,
            "drill",
            "none",
            startedUs,
            100_000_000L,
            50_000_000L,
            0,
            BreakerState.CLOSED,
            startedUs,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1_000,
            0,
            0,
            1_000,
            Mode.RUN,
            0,
            1_000,
            0,
            new SentCounts(ticks, 0, 0, null),
            null,
            null));
  }

  void send(byte[] tick) {
    writer.send(Topics.TICKS, id, tick);
  }

  void sendHeartbeat(byte[] heartbeat) {
    writer.send(Topics.HEALTH, id, heartbeat);
  }

  /** Ticks of good health, one each {@code everyUs}, and a heartbeat at every border passed. */
  public void play(long fromUs, long untilUs, long everyUs) {
    for (long timeUs = fromUs; timeUs < untilUs; timeUs += everyUs) {
      send(tick(timeUs, false));
      if ((timeUs + everyUs) / BUCKET_US > timeUs / BUCKET_US) {
        sendHeartbeat(heartbeat((timeUs + everyUs) / BUCKET_US * BUCKET_US));
      }
    }
  }

  /** The heartbeats that close the last bucket. */
  public void end(long untilUs) {
    long borderUs = Math.floorDiv(untilUs + BUCKET_US - 1, BUCKET_US) * BUCKET_US;
    for (int i = 1; i <= BORDERS_PAST_END; i++) {
      sendHeartbeat(heartbeat(borderUs + i * BUCKET_US));
    }
  }

  /** Ticks numbered so far. */
  public long ticks() {
    return ticks;
  }

  private String runId() {
    return id + "-run";
  }
}
