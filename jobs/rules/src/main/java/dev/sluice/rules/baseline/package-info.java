// SPDX-License-Identifier: Apache-2.0

/**
 * The locked baseline of a build's performance: figures of one run, and whether another run is as
 * good. No files, no clock, no SQL.
 */
package dev.sluice.rules.baseline;
