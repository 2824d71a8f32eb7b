/** Records as Parquet: one mapping from a record class to typed columns, and the files' layout. */
package dev.sluice.flink.io.parquet;
