/** The mains: configuration, sources and sinks around the topologies. */
package dev.sluice.flink.app;
