// SPDX-License-Identifier: Apache-2.0
/** Parquet back to records: the inverse of how they were written, for backfills. */
package dev.sluice.flink.io.parquet.read;
