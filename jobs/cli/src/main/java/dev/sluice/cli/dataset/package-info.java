/** The Parquet datasets, read with DuckDB. */
package dev.sluice.cli.dataset;
