// SPDX-License-Identifier: Apache-2.0
/** The integrity checks as a topology: events of each engine in, findings and verdicts out. */
package dev.sluice.flink.integrity;
