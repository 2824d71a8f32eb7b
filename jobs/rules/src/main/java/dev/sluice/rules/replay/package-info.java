// SPDX-License-Identifier: Apache-2.0

/**
 * History judged again, with the judge and the gate of production: when criteria would have
 * tripped, what would have been decided, and how far they were from it.
 */
package dev.sluice.rules.replay;
