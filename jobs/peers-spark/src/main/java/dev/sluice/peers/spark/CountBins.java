// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/** Milliseconds to the encoding of their histogram. */
final class CountBins extends Aggregator<Double, Bins, byte[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public Bins zero() {
    return new Bins();
  }

  @Override
  public Bins reduce(Bins bins, Double valueMs) {
    bins.counts().recordMs(valueMs);
    return bins;
  }

  @Override
  public Bins merge(Bins one, Bins other) {
    return one.plus(other);
  }

  @Override
  public byte[] finish(Bins bins) {
    return bins.counts().encode();
  }

  @Override
  public Encoder<Bins> bufferEncoder() {
    return Encoders.javaSerialization(Bins.class);
  }

  @Override
  public Encoder<byte[]> outputEncoder() {
    return Encoders.BINARY();
  }
}
