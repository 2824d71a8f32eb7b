// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.CrashPoints;
import dev.sluice.engine.core.CrashVictim;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Processes that die one after the other at one venue, each coming back from what the last one
 * left. After each recovery the venue's own record and the journal on disk must say the same.
 */
final class CrashChain implements AutoCloseable {
  private static final long MAX_DELAY_NANOS = 20_000_000L;
  private static final long CHILD_LIMIT_S = 60L;

  /** What came of it. */
  record Result(int rounds, int atVenue, int resent, int placed) {}

  private final CrashJvm jvm;
  private final TestVenue venue;
  private final CrashPoints.Point point;
  private final Path directory;
  private final SeededRandom random;
  private int resent;
  private int placed;

  CrashChain(CrashJvm jvm, CrashPoints.Point point, Path directory, long seed) throws IOException {
    this.jvm = jvm;
    this.venue = TestVenue.start();
    this.point = point;
    this.directory = directory;
    this.random = SeededRandom.of(seed, point.name());
    Files.createDirectories(directory);
  }

  /** Kills so many processes, and lets one more come back. */
  Result run(int rounds) throws Exception {
    for (int round = 0; round <= rounds + 1; round++) {
      try (Child child = new Child(round)) {
        String[] recovered = child.expect("RECOVERED").split(" ");
        assertThat(recovered[1]).as("positions agree after round %d", round - 1).isEqualTo("true");
        resent += Integer.parseInt(recovered[2]);
        placed += Integer.parseInt(recovered[3]);
        check(round);
        boolean dies = round > 0 && round <= rounds;
        child.tell(dies ? "go" : "end");
        if (dies) {
          child.expect("AT " + point);
          LockSupport.parkNanos((long) (random.nextDouble() * MAX_DELAY_NANOS));
          child.kill();
        } else {
          child.awaitEnd();
        }
      }
    }
    return new Result(rounds, accepted().size() - 1, resent, placed);
  }

  @Override
  public void close() {
    venue.close();
  }

  /** The order each round was to send, up to this one, is at the venue exactly once, and so on. */
  private void check(int round) throws SQLException {
    Map<String, List<DropCopy>> atVenue = accepted();
    JournalView journal = JournalView.of(directory.resolve("journal.db"));
    for (int sent = 0; sent < Math.max(1, round); sent++) {
      String prefix = CrashVictim.prefix(sent);
      assertThat(atVenue.keySet().stream().filter(id -> id.startsWith(prefix)))
          .as("orders at the venue for round %d", sent)
          .hasSize(1);
    }
    assertThat(journal.states().keySet()).as("no orphans").containsAll(atVenue.keySet());
    List<String> fills = new ArrayList<>();
    atVenue.forEach(
        (id, copies) -> {
          DropCopy newest = copies.get(copies.size() - 1);
          assertThat(newest.state().terminal()).as("%s rests no more", id).isTrue();
          assertThat(journal.states().get(id)).as("state of %s", id).isEqualTo(newest.state());
          assertThat(journal.cumQtys().get(id)).as(id).isEqualByComparingTo(newest.cumQty());
          copies.stream().map(DropCopy::fillId).filter(f -> f != null).forEach(fills::add);
        });
    journal
        .states()
        .forEach(
            (id, state) -> {
              if (!atVenue.containsKey(id)) {
                assertThat(state)
                    .as("%s never reached the venue", id)
                    .isEqualTo(OrderState.REJECTED);
              }
            });
    assertThat(journal.fillIds()).as("each fill once").containsExactlyInAnyOrderElementsOf(fills);
    assertThat(journal.position(TestVenue.SYMBOL))
        .as("position")
        .isEqualByComparingTo(positionAtVenue());
  }

  /** Everything the venue said of each order it accepted. */
  private Map<String, List<DropCopy>> accepted() {
    Map<String, List<DropCopy>> byOrder =
        venue.dropCopies.stream()
            .collect(
                Collectors.groupingBy(
                    DropCopy::clientOrderId, LinkedHashMap::new, Collectors.toList()));
    byOrder
        .values()
        .removeIf(copies -> copies.stream().noneMatch(c -> c.state() == OrderState.ACKED));
    return byOrder;
  }

  private BigDecimal positionAtVenue() {
    return venue.dropCopies.stream()
        .filter(copy -> copy.fillId() != null)
        .map(copy -> copy.side() == Side.BUY ? copy.lastQty() : copy.lastQty().negate())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** One process. */
  private final class Child implements AutoCloseable {
    private final int round;
    private final Process process;
    private final BufferedReader said;
    private final Path errors;

    Child(int round) throws IOException {
      this.round = round;
      this.errors = directory.resolve("errors.txt");
      process =
          jvm.victim(venue.server.url().toString(), directory, round, point, round % 2 == 0)
              .start();
      said = process.inputReader(StandardCharsets.UTF_8);
      process
          .onExit()
          .orTimeout(CHILD_LIMIT_S, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
    }

    String expect(String beginning) throws IOException {
      String line = said.readLine();
      if (line == null || !line.startsWith(beginning)) {
        throw new AssertionError(
            "round "
                + round
                + ": said "
                + line
                + ", not "
                + beginning
                + "\n"
                + Files.readString(errors));
      }
      return line;
    }

    void tell(String line) throws IOException {
      Writer writer = process.outputWriter(StandardCharsets.UTF_8);
      writer.write(line + "\n");
      writer.flush();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }

    void awaitEnd() throws Exception {
      assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
