// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.command;

import dev.sluice.schemas.Command;

/**
 * A command that waits.
 *
 * @param appendedMs when Kafka took it, epoch milliseconds
 */
public record HeldCommand(Command command, long appendedMs) {}
