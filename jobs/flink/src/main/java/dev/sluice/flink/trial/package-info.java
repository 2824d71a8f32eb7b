// SPDX-License-Identifier: Apache-2.0
/**
 * The judge of trials as a topology: closed buckets and commands in, verdicts and standings out.
 */
package dev.sluice.flink.trial;
