// SPDX-License-Identifier: Apache-2.0

/**
 * Release gates over datasets: readings by SQL and by checks of our own, judged by {@code
 * dev.sluice.rules.release}, with the evidence in a bundle that is named by its contents.
 */
package dev.sluice.cli.release;
