// SPDX-License-Identifier: Apache-2.0

/** Criteria changed while the jobs run: sent, confirmed by every subtask, looked at. */
package dev.sluice.cli.criteria.live;
