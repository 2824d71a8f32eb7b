// SPDX-License-Identifier: Apache-2.0
/**
 * {@code sluice bench peers}: other stream processors beside our jobs, each in a process of its
 * own, compared before they are measured.
 */
package dev.sluice.cli.peers;
