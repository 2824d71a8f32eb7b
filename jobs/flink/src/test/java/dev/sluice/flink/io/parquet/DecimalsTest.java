// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "0.000000000000000001",
        "-0.000000000000000001",
        "1E+3",
        "0E-30",
        "99999999999999999999.999999999999999999",
        "-99999999999999999999.999999999999999999"
      })
  void valuesThatFitComeBackExactly(String text) {
    assertThat(decode(text)).isEqualByComparingTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000000000000000005, 0",
    "0.0000000000000000015, 0.000000000000000002",
    "0.00000000000000000051, 0.000000000000000001"
  })
  void decimalsBeyondTheEighteenthAreRoundedHalfToEven(String text, String rounded) {
    assertThat(decode(text)).isEqualByComparingTo(rounded);
  }

  @Test
  void moreThanTwentyDigitsBeforeThePointAreRefused() {
    assertThatThrownBy(() -> decode("100000000000000000000"))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> decode("1E+1000000000")).isInstanceOf(ArithmeticException.class);
  }

  private static BigDecimal decode(String text) {
    byte[] bytes = Decimals.encode(new BigDecimal(text)).getBytes();
    assertThat(bytes).hasSize(16);
    return new BigDecimal(new BigInteger(bytes), 18);
  }
}
