/**
 * The engine's side of the control protocol, for any Java engine: {@link
 * dev.sluice.engine.gate.GateClient} is pure; files and Kafka are in {@code edge}.
 */
package dev.sluice.engine.gate;
