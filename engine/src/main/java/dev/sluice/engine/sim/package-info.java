/** A deterministic paper exchange that speaks for itself: drop copy and ledger snapshots. */
package dev.sluice.engine.sim;
