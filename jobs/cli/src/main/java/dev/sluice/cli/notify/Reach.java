// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether anybody is there at a channel's address; says nothing of whether messages arrive, which
 * only a probe shows.
 *
 * @param channel name, kind and masked address
 * @param problem why not, empty when reached
 */
public record Reach(String channel, boolean reached, String problem) {

  /** Looks for every channel, one after the other, within the time limit of one try each. */
  public static List<Reach> of(NotifyConfig config, Clock clock) {
    List<Reach> found = new ArrayList<>();
    for (NotifyConfig.ChannelSpec spec : config.channels()) {
      try {
        Channels.of(spec, config, clock).reach();
        found.add(new Reach(spec.describe(), true, ""));
      } catch (DeliveryException e) {
        found.add(new Reach(spec.describe(), false, e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return found;
      }
    }
    return found;
  }
}
