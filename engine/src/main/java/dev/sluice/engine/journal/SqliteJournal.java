// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.journal;

import dev.sluice.engine.core.Journal;
import dev.sluice.engine.core.JournalException;
import dev.sluice.engine.core.SavedOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The journal in a SQLite file with a write-ahead log. Money and quantities are kept as decimal
 * text. A call is one transaction; a call that fails leaves nothing behind and the journal usable.
 * Called from the engine's one thread.
 */
public final class SqliteJournal implements Journal, AutoCloseable {
  private static final int SCHEMA_VERSION = 2;
  private static final int INTENTS_AT_ONCE = 256;

  /** What a commit survives. */
  public enum Durability {
    /** The end of the machine: each commit waits for the disk. */
    FULL,
    /**
     * The end of the process, however it ends; of the machine up to the last checkpoint. For runs
     * faster than real time, whose venue dies with the process anyway.
     */
    NORMAL
  }

  private final Path file;
  private final Connection connection;
  private final PreparedStatement putOrder;
  private final PreparedStatement putReport;
  private final PreparedStatement putPosition;
  private final PreparedStatement putFact;
  private final PreparedStatement forgetReports;
  private final PreparedStatement forgetOrders;
  private long nextIntent;
  private long reservedIntent;

  /**
   * Opens the file, and makes it and its directory where there is none.
   *
   * @throws JournalException when that cannot be done, or when a newer program wrote the file
   */
  public SqliteJournal(Path file, Durability durability) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    } catch (IOException | SQLException e) {
      throw failed("cannot be opened", e);
    }
    try {
      prepare(durability);
      this.putOrder = connection.prepareStatement(JournalSql.PUT_ORDER);
      this.putReport = connection.prepareStatement(JournalSql.PUT_REPORT);
      this.putPosition = connection.prepareStatement(JournalSql.PUT_POSITION);
      this.putFact = connection.prepareStatement(JournalSql.PUT_FACT);
      this.forgetReports = connection.prepareStatement(JournalSql.FORGET_REPORTS);
      this.forgetOrders = connection.prepareStatement(JournalSql.FORGET_ORDERS);
      this.nextIntent = Long.parseLong(fact(JournalSql.INTENTS, "0"));
      this.reservedIntent = nextIntent;
      connection.commit();
    } catch (SQLException e) {
      close();
      throw failed("cannot be opened", e);
    }
  }

  @Override
  public Memory load() {
    try {
      String capital = fact(JournalSql.CAPITAL, null);
      SavedAccount account =
          capital == null
              ? null
              : new SavedAccount(JournalRows.positions(connection), new BigDecimal(capital));
      Memory memory =
          new Memory(JournalRows.orders(connection), JournalRows.identities(connection), account);
      connection.commit();
      return memory;
    } catch (SQLException | IllegalArgumentException e) {
      throw failed("cannot be read", e);
    }
  }

  /** Numbers are reserved in the file many at a time; those a killed process left are skipped. */
  @Override
  public long nextIntent() {
    if (nextIntent == reservedIntent) {
      long reserve = nextIntent + INTENTS_AT_ONCE;
      transaction(() -> setFact(JournalSql.INTENTS, Long.toString(reserve)));
      reservedIntent = reserve;
    }
    return ++nextIntent;
  }

  @Override
  public void save(SavedOrder order) {
    transaction(() -> put(order));
  }

  @Override
  public void saveReport(SavedOrder order, String identity, SavedAccount account) {
    transaction(
        () -> {
          put(order);
          putReport.setString(1, order.clientOrderId());
          putReport.setString(2, identity);
          putReport.executeUpdate();
          if (account != null) {
            put(account);
          }
        });
  }

  @Override
  public void saveAccount(SavedAccount account) {
    transaction(() -> put(account));
  }

  @Override
  public int forgetEnded(long beforeUs) {
    int[] forgotten = new int[1];
    transaction(
        () -> {
          forgetReports.setLong(1, beforeUs);
          forgetReports.executeUpdate();
          forgetOrders.setLong(1, beforeUs);
          forgotten[0] = forgetOrders.executeUpdate();
        });
    return forgotten[0];
  }

  /** Closes the file. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("cannot be closed", e);
    }
  }

  private void prepare(Durability durability) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + durability.name());
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.getInt(1);
      }
      if (version > SCHEMA_VERSION) {
        throw new SQLException("its version " + version + " is of a newer program");
      }
      for (String table : JournalSql.TABLES) {
        statement.execute(table);
      }
      addColumns(statement);
      statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
    }
    connection.setAutoCommit(false);
  }

  /** Brings the table of an older program to what it is now; its orders were of no trial. */
  private static void addColumns(Statement statement) throws SQLException {
    Set<String> present = new HashSet<>();
    try (ResultSet row = statement.executeQuery(JournalSql.COLUMNS)) {
      while (row.next()) {
        present.add(row.getString(1));
      }
    }
    for (Map.Entry<String, String> added : JournalSql.ADDED_COLUMNS.entrySet()) {
      if (!present.contains(added.getKey())) {
        statement.execute(added.getValue());
      }
    }
  }

  /** What the connection says of one of its settings, for tests. */
  String pragma(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.getString(1);
    }
  }

  private void put(SavedOrder order) throws SQLException {
    JournalRows.set(putOrder, order);
    putOrder.executeUpdate();
  }

  private void put(SavedAccount account) throws SQLException {
    for (SavedPosition position : account.positions()) {
      putPosition.setString(1, position.symbol());
      putPosition.setString(2, position.qty().toPlainString());
      putPosition.setString(3, position.avgPrice().toPlainString());
      putPosition.executeUpdate();
    }
    setFact(JournalSql.CAPITAL, account.capital().toPlainString());
  }

  private void setFact(String name, String value) throws SQLException {
    putFact.setString(1, name);
    putFact.setString(2, value);
    putFact.executeUpdate();
  }

  private String fact(String name, String otherwise) throws SQLException {
    try (PreparedStatement get = connection.prepareStatement(JournalSql.GET_FACT)) {
      get.setString(1, name);
      try (ResultSet row = get.executeQuery()) {
        return row.next() ? row.getString(1) : otherwise;
      }
    }
  }

  /** Statements that belong together. */
  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }

  private void transaction(Work work) {
    try {
      work.run();
      connection.commit();
    } catch (SQLException e) {
      JournalException failure = failed("cannot be written", e);
      try {
        connection.rollback();
      } catch (SQLException r) {
        failure.addSuppressed(r);
      }
      throw failure;
    }
  }

  private JournalException failed(String what, Exception cause) {
    return new JournalException("order journal " + file + " " + what, cause);
  }
}
