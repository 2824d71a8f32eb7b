/** The gate as a Flink operator; start reading at {@link dev.sluice.flink.gate.GateTopology}. */
package dev.sluice.flink.gate;
