// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

/**
 * What a person asked for.
 *
 * @param atUs event time at which the gate heard it
 * @param what in words; with the reason where it was refused
 * @param accepted false when the gate refused it
 */
public record PersonsCommand(
    String commandId, long atUs, String who, String why, String what, boolean accepted) {}
