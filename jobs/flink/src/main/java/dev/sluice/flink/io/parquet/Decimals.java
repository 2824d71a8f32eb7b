// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** DECIMAL(38,18) as the 16 bytes Parquet keeps: two's complement, big-endian. */
final class Decimals {
  static final int PRECISION = 38;
  static final int SCALE = 18;
  static final int BYTES = 16;

  private Decimals() {}

  /**
   * The bytes of a value; digits beyond the 18th decimal are rounded half to even.
   *
   * @throws ArithmeticException when the value has more than 20 digits before the point
   */
  static Binary encode(BigDecimal value) {
    if ((long) value.precision() - value.scale() > PRECISION - SCALE) {
      throw new ArithmeticException(value.precision() + " digits do not fit DECIMAL(38,18)");
    }
    byte[] shortest = value.setScale(SCALE, RoundingMode.HALF_EVEN).unscaledValue().toByteArray();
    byte[] bytes = new byte[BYTES];
    int start = BYTES - shortest.length;
    if (shortest[0] < 0) {
      Arrays.fill(bytes, 0, start, (byte) -1);
    }
    System.arraycopy(shortest, 0, bytes, start, shortest.length);
    return Binary.fromConstantByteArray(bytes);
  }
}
