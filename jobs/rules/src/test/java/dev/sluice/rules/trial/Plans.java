// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/** Plans for tests: the shipped one, and one with both arms alike. */
final class Plans {
  static final String ETA =
      """
      id: auto-spread-queue-eta
      description: Adaptive spread and queue-ETA nudge against the plain quotes.
      kind: AB
      salt: 2026-01-a
      slot: 60s
      warmup: 10s
      stages: [0.1, 0.5, 1.0]
      arm_b:
        flags.adaptive_spread: true
        flags.queue_eta: true
      acceptance:
        dwell: 24h
        confidence: 0.95
        min_blocks: 60
        min_fills: 100
        max_sample_ratio_p: 0.001
        goal: {metric: net_bps, at_least: 0.2}
        guardrails:
          slippage_bps: 0.5
          fill_ratio: 0.1
          tick_total_p95_regression_ratio: 0.1
        signals: [capture_bps, markout_1s_bps, markout_5s_bps, markout_30s_bps, markout_60s_bps]
      """;

  static final String AA =
      """
      id: quiet
      description: Both arms alike.
      kind: AA
      salt: 2026-01-aa
      slot: 60s
      warmup: 10s
      stages: [0.5]
      arm_b: {}
      acceptance:
        dwell: 1h
        confidence: 0.95
        min_blocks: 20
        min_fills: 10
        max_sample_ratio_p: 0.001
        guardrails: {slippage_bps: 0.5}
        signals: [net_bps, capture_bps]
      """;

  private Plans() {}
}
