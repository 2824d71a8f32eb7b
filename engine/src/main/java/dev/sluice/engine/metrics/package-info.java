// SPDX-License-Identifier: Apache-2.0
/**
 * What Prometheus reads of an engine: counted by the trading thread without a lock, read by the
 * thread of the scrape.
 */
package dev.sluice.engine.metrics;
