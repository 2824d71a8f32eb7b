// SPDX-License-Identifier: Apache-2.0

/**
 * Release gates: whether a build may go on to the next stage. Readings in, PASS, FAIL or NO_DATA
 * out; no files, no clock, no SQL.
 */
package dev.sluice.rules.release;
