// SPDX-License-Identifier: Apache-2.0
/** Reconciliation as a topology: sequenced events in; verdicts, findings and drift out. */
package dev.sluice.flink.reconcile;
