/**
 * Edges of the jobs: Kafka and Parquet. Knows records and connectors, no rules and no topologies.
 */
package dev.sluice.flink.io;
