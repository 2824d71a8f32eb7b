// SPDX-License-Identifier: Apache-2.0
/** Processes that die, sleep and come back: on a local cluster of real ones. */
package dev.sluice.cli.drill.process;
