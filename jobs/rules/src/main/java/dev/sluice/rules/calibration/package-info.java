// SPDX-License-Identifier: Apache-2.0
/**
 * Intervals to fit models on: merges of closed buckets, amended by what came late; and whether a
 * dataset of them is ready to be used.
 */
package dev.sluice.rules.calibration;
