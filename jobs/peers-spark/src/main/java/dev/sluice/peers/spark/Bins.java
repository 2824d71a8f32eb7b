// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers.spark;

import dev.sluice.rules.bucket.LatencyBins;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;

/** The buffer of the two aggregators: bins that Spark keeps as an object and stores as bytes. */
public final class Bins implements Externalizable {
  private static final long serialVersionUID = 1L;

  private transient LatencyBins bins = new LatencyBins();

  /** Empty; Java's serialisation needs it too. */
  public Bins() {}

  LatencyBins counts() {
    return bins;
  }

  Bins plus(Bins other) {
    bins.addEncoded(other.bins.encode());
    return this;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    byte[] encoded = bins.encode();
    out.writeInt(encoded == null ? 0 : encoded.length);
    if (encoded != null) {
      out.write(encoded);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    byte[] encoded = new byte[in.readInt()];
    in.readFully(encoded);
    bins = new LatencyBins();
    bins.addEncoded(encoded.length == 0 ? null : encoded);
  }
}
