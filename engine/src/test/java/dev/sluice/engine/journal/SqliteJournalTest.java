// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.core.Journal.Memory;
import dev.sluice.engine.core.Journal.SavedAccount;
import dev.sluice.engine.core.Journal.SavedPosition;
import dev.sluice.engine.core.JournalException;
import dev.sluice.engine.core.SavedOrder;
import dev.sluice.engine.journal.SqliteJournal.Durability;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteJournalTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aKilledProcessLeavesEveryCallItReturnedFrom(Durability durability) throws Exception {
    try (SqliteJournal journal = open("journal.db", durability)) {
      journal.save(order("i1-1", OrderState.SUBMITTED, "0", 10));
      journal.save(order("i2-1", OrderState.SUBMITTED, "0", 11));
      journal.saveReport(
          order("i1-1", OrderState.PARTIALLY_FILLED, "0.25", 20),
          "PARTIALLY_FILLED|0.25|7|f1",
          account("0.25", "100.5", "99999.99"));
      journal.saveReport(order("i2-1", OrderState.ACKED, "0", 21), "ACKED|0|8|", null);

      SqliteJournal afterwards = copyOfTheFilesAsAKillLeavesThem(durability);
      Memory memory = afterwards.load();
      afterwards.close();
      assertThat(memory.orders())
          .containsExactly(
              order("i1-1", OrderState.PARTIALLY_FILLED, "0.25", 20),
              order("i2-1", OrderState.ACKED, "0", 21));
      assertThat(memory.identities())
          .isEqualTo(
              Map.of("i1-1", List.of("PARTIALLY_FILLED|0.25|7|f1"), "i2-1", List.of("ACKED|0|8|")));
      assertThat(memory.account()).isEqualTo(account("0.25", "100.5", "99999.99"));
    }
  }

  @Test
  void aReportThatFailsHalfWayLeavesNothingAndTheJournalUsable() {
    try (SqliteJournal journal = open("journal.db", Durability.FULL)) {
      journal.save(order("i1-1", OrderState.SUBMITTED, "0", 10));
      SavedAccount broken =
          new SavedAccount(
              List.of(new SavedPosition(null, BigDecimal.ONE, BigDecimal.ONE)), BigDecimal.ONE);
      assertThatThrownBy(
              () ->
                  journal.saveReport(
                      order("i1-1", OrderState.FILLED, "1", 20), "FILLED|1|7|f1", broken))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("journal.db cannot be written");
      Memory memory = journal.load();
      assertThat(memory.orders()).containsExactly(order("i1-1", OrderState.SUBMITTED, "0", 10));
      assertThat(memory.identities()).isEmpty();
      assertThat(memory.account()).isNull();
      journal.saveReport(order("i1-1", OrderState.FILLED, "1", 20), "FILLED|1|7|f1", null);
      assertThat(journal.load().orders()).hasSize(1);
    }
  }

  @Test
  void anIntentsNumberIsNeverGivenAgain() throws Exception {
    long last = 0;
    try (SqliteJournal journal = open("journal.db", Durability.FULL)) {
      for (int i = 1; i <= 600; i++) {
        last = journal.nextIntent();
        assertThat(last).isEqualTo(i);
      }
      try (SqliteJournal afterwards = copyOfTheFilesAsAKillLeavesThem(Durability.FULL)) {
        assertThat(afterwards.nextIntent()).isGreaterThan(last);
      }
    }
    try (SqliteJournal again = open("journal.db", Durability.FULL)) {
      assertThat(again.nextIntent()).isGreaterThan(last);
    }
  }

  @Test
  void endedOrdersAreForgottenWithTheirReportsAndOpenOnesNever() {
    try (SqliteJournal journal = open("journal.db", Durability.FULL)) {
      journal.saveReport(order("i1-1", OrderState.FILLED, "1", 10), "FILLED|1|7|f1", null);
      journal.saveReport(order("i2-1", OrderState.ACKED, "0", 10), "ACKED|0|7|", null);
      journal.saveReport(order("i3-1", OrderState.CANCELLED, "0", 30), "CANCELLED|0|7|", null);
      assertThat(journal.forgetEnded(20)).isEqualTo(1);
      Memory memory = journal.load();
      assertThat(memory.orders())
          .extracting(SavedOrder::clientOrderId)
          .containsExactly("i2-1", "i3-1");
      assertThat(memory.identities()).containsOnlyKeys("i2-1", "i3-1");
    }
  }

  @Test
  void theFileStaysBoundedOverManyOrders() throws Exception {
    try (SqliteJournal journal = open("journal.db", Durability.NORMAL)) {
      for (int i = 0; i < 20_000; i++) {
        String id = "run-i" + i + "-1";
        journal.save(order(id, OrderState.SUBMITTED, "0", i));
        journal.saveReport(order(id, OrderState.FILLED, "1", i), "FILLED|1|" + i + "|f", null);
        if (i % 500 == 0) {
          journal.forgetEnded(i - 1_000);
        }
      }
      assertThat(journal.load().orders()).hasSizeLessThan(2_000);
    }
    assertThat(Files.size(directory.resolve("journal.db"))).isLessThan(2_000_000);
  }

  @Test
  void itWritesAheadAndWaitsForTheDiskWhereItIsAskedTo() throws Exception {
    open("journal.db", Durability.FULL).close();
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    try (SqliteJournal journal = open("journal.db", Durability.FULL)) {
      assertThat(journal.pragma("synchronous")).isEqualTo("2");
    }
    try (SqliteJournal journal = open("journal.db", Durability.NORMAL)) {
      assertThat(journal.pragma("synchronous")).isEqualTo("1");
      assertThat(journal.pragma("journal_mode")).isEqualTo("wal");
    }
  }

  @Test
  void armAndSlotOfAnOrderAreKept() {
    SavedOrder plain = order("i1-1", OrderState.ACKED, "0", 10);
    SavedOrder treated = treated(plain);
    try (SqliteJournal journal = open("journal.db", Durability.FULL)) {
      journal.save(treated);
      assertThat(journal.load().orders()).containsExactly(treated);
    }
  }

  @Test
  void fileOfAProgramThatKnewNoTrialsIsBroughtUpToDateAndLosesNothing() throws Exception {
    SavedOrder old = order("i1-1", OrderState.ACKED, "0.25", 10);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE orders (client_order_id TEXT PRIMARY KEY, intent_id TEXT NOT NULL,"
              + " attempt INTEGER NOT NULL, symbol TEXT NOT NULL, side TEXT NOT NULL,"
              + " type TEXT NOT NULL, purpose TEXT NOT NULL, price TEXT, qty TEXT NOT NULL,"
              + " quote_price REAL, mid REAL, hedge_of TEXT, hedge_level INTEGER NOT NULL,"
              + " state TEXT NOT NULL, ended INTEGER NOT NULL, cum_qty TEXT NOT NULL,"
              + " venue_order_id TEXT, submitted_at_us INTEGER NOT NULL,"
              + " changed_us INTEGER NOT NULL) WITHOUT ROWID");
      statement.execute(
          "INSERT INTO orders VALUES ('i1-1', 'i1', 1, 'SIMUSDT', 'SELL', 'MARKET', 'HEDGE', NULL,"
              + " '1', 100.25, 100.5, 'i1', 1, 'ACKED', 0, '0.25', 'v1', 5, 10)");
      statement.execute("PRAGMA user_version = 1");
    }
    try (SqliteJournal journal = open("journal.db", Durability.FULL)) {
      assertThat(journal.load().orders()).containsExactly(old);
      journal.save(treated(order("i2-1", OrderState.ACKED, "0", 20)));
    }
    try (SqliteJournal again = open("journal.db", Durability.FULL)) {
      assertThat(again.load().orders())
          .containsExactly(old, treated(order("i2-1", OrderState.ACKED, "0", 20)));
    }
    assertThat(pragma("user_version")).isEqualTo("2");
  }

  @Test
  void aFileOfANewerProgramAndOneThatIsNoJournalAreRefused() throws Exception {
    open("journal.db", Durability.FULL).close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> open("journal.db", Durability.FULL))
        .isInstanceOf(JournalException.class)
        .hasRootCauseMessage("its version 99 is of a newer program");
    Files.writeString(directory.resolve("other.db"), "this is no database, whatever it says here");
    assertThatThrownBy(() -> open("other.db", Durability.FULL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("other.db cannot be opened");
  }

  private SqliteJournal open(String name, Durability durability) {
    return new SqliteJournal(directory.resolve(name), durability);
  }

  /** The file and its log as they are on the disk while their process is still alive. */
  private SqliteJournal copyOfTheFilesAsAKillLeavesThem(Durability durability) throws Exception {
    for (String suffix : List.of("", "-wal")) {
      Path from = directory.resolve("journal.db" + suffix);
      if (Files.exists(from)) {
        Files.copy(from, directory.resolve("copy.db" + suffix));
      }
    }
    assertThat(directory.resolve("copy.db-wal")).exists();
    return open("copy.db", durability);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
  }

  private String pragma(String name) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.getString(1);
    }
  }

  /** The same, decided in a slot of arm B. */
  private static SavedOrder treated(SavedOrder order) {
    return new SavedOrder(
        order.clientOrderId(),
        order.intentId(),
        order.attempt(),
        order.symbol(),
        order.side(),
        order.type(),
        order.purpose(),
        order.price(),
        order.qty(),
        order.quotePrice(),
        order.mid(),
        order.hedgeOf(),
        order.hedgeLevel(),
        order.state(),
        order.cumQty(),
        order.venueOrderId(),
        order.submittedAtUs(),
        order.changedUs(),
        Arm.B,
        29_459_520L);
  }

  private static SavedAccount account(String qty, String avgPrice, String capital) {
    return new SavedAccount(
        List.of(new SavedPosition("SIMUSDT", new BigDecimal(qty), new BigDecimal(avgPrice))),
        new BigDecimal(capital));
  }

  private static SavedOrder order(
      String clientOrderId, OrderState state, String cumQty, long changedUs) {
    return new SavedOrder(
        clientOrderId,
        clientOrderId.substring(0, clientOrderId.length() - 2),
        1,
        "SIMUSDT",
        Side.SELL,
        OrderType.MARKET,
        Purpose.HEDGE,
        null,
        BigDecimal.ONE,
        100.25,
        100.5,
        "i1",
        1,
        state,
        new BigDecimal(cumQty),
        state == OrderState.SUBMITTED ? null : "v1",
        5,
        changedUs);
  }
}
