/** The engine's edge to Kafka: a bounded outbox and its sender. */
package dev.sluice.engine.kafka;
