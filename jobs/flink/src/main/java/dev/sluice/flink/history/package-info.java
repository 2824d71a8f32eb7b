// SPDX-License-Identifier: Apache-2.0
/**
 * Archived events once more, in the order in which Kafka stored them, to the judges of production.
 */
package dev.sluice.flink.history;
