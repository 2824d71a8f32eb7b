// SPDX-License-Identifier: Apache-2.0
/**
 * Stream processors that answer the same question as our jobs, for comparison: each in its best
 * honest configuration, in a process of its own.
 */
package dev.sluice.peers;
