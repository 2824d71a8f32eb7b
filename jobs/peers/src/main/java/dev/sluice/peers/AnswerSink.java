// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import dev.sluice.bench.peers.Answer;
import java.util.List;

/** Jet's end: answers to the pass that runs. */
final class AnswerSink extends AbstractProcessor {
  static ProcessorMetaSupplier supplier() {
    return ProcessorMetaSupplier.of(AnswerSink::new);
  }

  @Override
  protected boolean tryProcess0(Object answer) {
    JetPeer.current().accept(List.of((Answer) answer));
    return true;
  }

  @Override
  public boolean saveToSnapshot() {
    return true;
  }
}
