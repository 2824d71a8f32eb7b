// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/** Encodings of histograms to the 95th percentile of them all, milliseconds. */
final class MergeBins extends Aggregator<byte[], Bins, Double> {
  private static final long serialVersionUID = 1L;
  private static final double PERCENT = 95;

  @Override
  public Bins zero() {
    return new Bins();
  }

  @Override
  public Bins reduce(Bins bins, byte[] encoded) {
    bins.counts().addEncoded(encoded);
    return bins;
  }

  @Override
  public Bins merge(Bins one, Bins other) {
    return one.plus(other);
  }

  @Override
  public Double finish(Bins bins) {
    return bins.counts().percentileMs(PERCENT);
  }

  @Override
  public Encoder<Bins> bufferEncoder() {
    return Encoders.javaSerialization(Bins.class);
  }

  @Override
  public Encoder<Double> outputEncoder() {
    return Encoders.DOUBLE();
  }
}
