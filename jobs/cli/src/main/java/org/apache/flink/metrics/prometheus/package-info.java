// SPDX-License-Identifier: Apache-2.0
/**
 * In Flink's package because its reporter keeps what it reports to itself, and listens on every
 * interface; ours on loopback.
 */
package org.apache.flink.metrics.prometheus;
