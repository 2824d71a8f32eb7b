/**
 * The trading engine: one thread, one {@code doWork}, every clock and edge injected. Knows no
 * Kafka, file, thread or wall clock.
 */
package dev.sluice.engine.core;
