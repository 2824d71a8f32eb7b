// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.RecordTime;
import java.io.Serializable;

/**
 * One dataset.
 *
 * @param name directory name, plural
 * @param type class of its rows
 * @param time what a row is filed by
 */
public record Dataset<T extends Record>(String name, Class<T> type, RecordTime<T> time)
    implements Serializable {}
