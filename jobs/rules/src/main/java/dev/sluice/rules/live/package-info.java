// SPDX-License-Identifier: Apache-2.0

/** Criteria that people change while the jobs run: what may be changed, and what then holds. */
package dev.sluice.rules.live;
