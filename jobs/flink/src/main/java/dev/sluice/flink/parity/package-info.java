// SPDX-License-Identifier: Apache-2.0
/** Shadow parity as a topology: events of both engines of a pair in, windows and verdicts out. */
package dev.sluice.flink.parity;
