/** Edges of the gate client: the file that remembers the epoch, and the link to Kafka. */
package dev.sluice.engine.gate.edge;
