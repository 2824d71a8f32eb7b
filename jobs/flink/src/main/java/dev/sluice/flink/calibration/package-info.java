// SPDX-License-Identifier: Apache-2.0
/** Intervals to calibrate with, as a topology: closed buckets and their amendments in, rows out. */
package dev.sluice.flink.calibration;
