// SPDX-License-Identifier: Apache-2.0

/** Criteria as a person works on them: read, checked, tested and explained; no broker, no Flink. */
package dev.sluice.cli.criteria;
