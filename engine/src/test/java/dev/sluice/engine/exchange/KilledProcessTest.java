// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.CrashPoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes with a journal and an order on its way are killed (SIGKILL), up to 20 ms after the
 * order has come to a point of its life; in half of the rounds the process stands still there, in
 * the others it goes on. A third of the orders fill at once, a third are hedges that rest, a third
 * are quotes. {@code -Dsluice.crash.rounds=N} sets the number of kills for each point (16).
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KilledProcessTest {
  private static final int ROUNDS = Integer.getInteger("sluice.crash.rounds", 16);
  private static final int CHAINS = 2;

  @TempDir private Path directory;
  private static CrashJvm jvm;

  @BeforeAll
  static void prepare(@TempDir Path shared) throws Exception {
    jvm = CrashJvm.prepare(shared);
  }

  @ParameterizedTest
  @EnumSource
  void everyOrderIsAtTheVenueOnceHoweverItsProcessDied(CrashPoints.Point point) throws Exception {
    long startNanos = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(CHAINS);
    List<Future<CrashChain.Result>> running = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      int chain = i;
      int rounds = (ROUNDS + chain) / CHAINS;
      running.add(
          threads.submit(
              () -> {
                Path own = directory.resolve("chain-" + chain);
                try (CrashChain crashes = new CrashChain(jvm, point, own, chain)) {
                  return crashes.run(rounds);
                }
              }));
    }
    threads.shutdown();
    int rounds = 0;
    int atVenue = 0;
    int resent = 0;
    int placed = 0;
    for (Future<CrashChain.Result> chain : running) {
      CrashChain.Result result = chain.get();
      rounds += result.rounds();
      atVenue += result.atVenue();
      resent += result.resent();
      placed += result.placed();
    }
    System.out.printf(
        "crash %s: %d kills, %d orders at the venue, %d sent again by recovery, %d placed anew,"
            + " no orphan, no double, positions equal after each; %.0f s%n",
        point, rounds, atVenue, resent, placed, (System.nanoTime() - startNanos) / 1e9);
    assertThat(rounds).isEqualTo(ROUNDS);
    assertThat(atVenue).isEqualTo(rounds);
  }
}
