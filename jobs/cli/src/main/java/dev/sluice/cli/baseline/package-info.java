// SPDX-License-Identifier: Apache-2.0

/** The locked baseline: measured from datasets, kept in a file, told as a table, JSON and JUnit. */
package dev.sluice.cli.baseline;
