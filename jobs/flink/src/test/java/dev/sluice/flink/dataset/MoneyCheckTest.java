// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.MalformedException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyCheckTest {
  private final MoneyCheck check = MoneyCheck.of(Ledger.class);

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-12.5", "99999999999999999999.1", "1E-19", "0.12345678901234567890123"})
  void amountsOfThisWorldPass(String amount) {
    assertThatCode(() -> check.check(ledger(amount))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000000000000000", "1E+40", "1E+1000000000", "1E-1000000000"})
  void amountsTheColumnCannotHoldAreRefusedByName(String amount) {
    assertThatThrownBy(() -> check.check(ledger(amount)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("qty does not fit DECIMAL(38,18)");
  }

  @Test
  void whatIsNullPasses() {
    assertThatCode(
            () -> MoneyCheck.of(Position.class).check(new Position("S", BigDecimal.ONE, null)))
        .doesNotThrowAnyException();
  }

  private static Ledger ledger(String qty) {
    return new Ledger(
        Ledger.SCHEMA,
        "mm-1",
        "run-1",
        1,
        0,
        Source.PAPER,
        Book.VENUE,
        "account",
        0,
        SnapshotStatus.OK,
        List.of(new Balance("USDT", BigDecimal.ONE, BigDecimal.ONE)),
        List.of(),
        List.of(
            new OpenOrder("o-1", "SIMUSDT", Side.BUY, BigDecimal.ONE, BigDecimal.ZERO),
            new OpenOrder("o-2", "SIMUSDT", Side.BUY, new BigDecimal(qty), BigDecimal.ZERO)),
        null,
        null,
        null);
  }
}
