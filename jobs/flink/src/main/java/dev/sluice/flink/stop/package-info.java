/** Stop criteria as a topology: closed buckets, heartbeats and commands in, verdicts out. */
package dev.sluice.flink.stop;
