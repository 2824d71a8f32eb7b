// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Metric;
import java.io.Serializable;

/**
 * What arm B is for.
 *
 * @param metric that shall become better
 * @param atLeast by how much, in the unit of the metric and in its good direction; 0 or more
 */
public record Goal(Metric metric, double atLeast) implements Serializable {}
