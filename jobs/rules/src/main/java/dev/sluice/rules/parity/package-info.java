// SPDX-License-Identifier: Apache-2.0
/**
 * An engine against its shadow: intents matched by key and time, their outcomes compared per
 * window, what differs attributed to a cause. Pure: no Flink, no clock, no I/O.
 */
package dev.sluice.rules.parity;
