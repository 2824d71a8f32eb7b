// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.util.Random;

/**
 * What befalls one engine, in virtual time: a stretch of missed deadlines, and either an open
 * breaker or a crash (what a heartbeat says is judged through a silence only if the silence is
 * proven before its end is read, see decision 30). Times are milliseconds since the start; a
 * stretch of no length does not happen.
 *
 * @param tickEverySeconds distance of its ticks
 */
record EnginePlan(
    int tickEverySeconds,
    long stormFromMs,
    long stormToMs,
    long breakerFromMs,
    long breakerToMs,
    long crashAtMs,
    long restartAtMs) {

  /** By chance, all over {@code calmFromMs} before the end, so that a schedule ends in peace. */
  static EnginePlan of(Random random, long calmFromMs) {
    long storm = random.nextInt(3) == 0 ? 0 : 30_000 + random.nextInt(56) * 1_000;
    long stormFrom = 10_000 + random.nextInt((int) ((calmFromMs - storm) / 1_000) - 10) * 1_000L;
    long down = random.nextInt(4) > 0 ? 0 : 2_000 + random.nextInt(70) * 1_000;
    boolean opens = down == 0 && random.nextInt(3) == 0;
    long breaker = opens ? 20_000 + random.nextInt(50) * 1_000 : 0;
    long breakerFrom =
        10_000 + random.nextInt((int) ((calmFromMs - breaker) / 1_000) - 10) * 1_000L;
    long crash = 20_000 + random.nextInt((int) ((calmFromMs - down) / 1_000) - 20) * 1_000L;
    return new EnginePlan(
        1 + random.nextInt(3),
        stormFrom,
        stormFrom + storm,
        breakerFrom,
        breakerFrom + breaker,
        crash,
        crash + down);
  }

  boolean misses(long nowMs, Random random) {
    long ms = nowMs - Simulation.START_MS;
    boolean stormy = ms >= stormFromMs && ms < stormToMs;
    int missesOfTen = stormy ? 8 : ms < stormToMs ? 1 : 0; // none at the end, which is in peace
    return random.nextInt(10) < missesOfTen;
  }

  /** Since when the breaker is open, 0 when it is closed. */
  long breakerSinceMs(long nowMs) {
    long ms = nowMs - Simulation.START_MS;
    boolean open = ms >= breakerFromMs && ms < breakerToMs;
    return open ? Simulation.START_MS + breakerFromMs : 0;
  }

  boolean breakerOpens() {
    return breakerToMs > breakerFromMs;
  }

  boolean crashes() {
    return restartAtMs > crashAtMs;
  }

  boolean down(long nowMs) {
    long ms = nowMs - Simulation.START_MS;
    return ms >= crashAtMs && ms < restartAtMs;
  }
}
