/**
 * The registry of metrics: one name, unit, formula, direction and percentile method each. Pure
 * functions of a window of buckets.
 */
package dev.sluice.rules.metric;
