// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import dev.sluice.rules.parity.ParityPair;
import dev.sluice.rules.sequence.EngineEvent;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** What a pair is judged on goes to its judge; of engines without a pair nothing does. */
final class PairingFunction implements FlatMapFunction<EngineEvent, ParityInput> {
  private static final long serialVersionUID = 1L;

  private final List<ParityPair> pairs;

  PairingFunction(List<ParityPair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  @Override
  public void flatMap(EngineEvent event, Collector<ParityInput> out) {
    if (event.dropCopy() != null || event.ledger() != null) {
      return;
    }
    for (ParityPair pair : pairs) {
      String engineId = event.engineId();
      if (pair.liveId().equals(engineId) || pair.shadowId().equals(engineId)) {
        out.collect(new ParityInput(pair.text(), event));
      }
    }
  }
}
