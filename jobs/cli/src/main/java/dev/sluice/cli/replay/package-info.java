// SPDX-License-Identifier: Apache-2.0

/** Archived history, read from datasets and judged again. */
package dev.sluice.cli.replay;
