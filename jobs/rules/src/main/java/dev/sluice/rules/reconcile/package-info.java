// SPDX-License-Identifier: Apache-2.0
/**
 * Compares the engine's book with the venue's: what differs, since when, how badly, and whether it
 * is gone again.
 */
package dev.sluice.rules.reconcile;
