/** A real Kafka broker in this JVM, and the topics on it. */
package dev.sluice.cli.broker;
