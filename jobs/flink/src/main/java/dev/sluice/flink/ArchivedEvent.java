// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

/**
 * An event as it goes to the archive: what was read, and the Kafka record it was read from, which
 * is its identity there.
 */
public record ArchivedEvent<T extends Record>(RawRecord raw, T event) {}
