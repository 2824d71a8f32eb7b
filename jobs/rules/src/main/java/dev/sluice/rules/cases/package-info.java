// SPDX-License-Identifier: Apache-2.0

/**
 * Unit tests of criteria: a tiny notation for what an engine measured, played to the same judge and
 * gate that run in production. No clock, no files; the caller reads them.
 */
package dev.sluice.rules.cases;
