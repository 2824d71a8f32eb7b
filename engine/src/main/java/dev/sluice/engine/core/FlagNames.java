// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.EngineConfig.Flags;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The feature flags by the names they have in configuration and health. */
final class FlagNames {
  private FlagNames() {}

  static Map<String, Boolean> of(Flags flags) {
    Map<String, Boolean> names = new LinkedHashMap<>();
    names.put("pipeline", flags.pipeline());
    names.put("md_cache", flags.mdCache());
    names.put("adaptive_spread", flags.adaptiveSpread());
    names.put("queue_aware", flags.queueAware());
    names.put("inventory_skew", flags.inventorySkew());
    names.put("taker_cap", flags.takerCap());
    names.put("async_batch", flags.asyncBatch());
    names.put("fast_cancel", flags.fastCancel());
    names.put("queue_eta", flags.queueEta());
    return Collections.unmodifiableMap(names);
  }

  /**
   * Flags with some of them set; names that there are not count for nothing.
   *
   * @param set by the names of {@link #of}
   */
  static Flags with(Flags flags, Map<String, Boolean> set) {
    Map<String, Boolean> names = new LinkedHashMap<>(of(flags));
    names.replaceAll((name, value) -> set.get(name) == null ? value : set.get(name));
    return new Flags(
        names.get("pipeline"),
        names.get("md_cache"),
        names.get("adaptive_spread"),
        names.get("queue_aware"),
        names.get("inventory_skew"),
        names.get("taker_cap"),
        names.get("async_batch"),
        names.get("fast_cancel"),
        names.get("queue_eta"));
  }
}
