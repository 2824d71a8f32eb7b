// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.RecordEngine;
import dev.sluice.flink.RecordTime;
import java.io.Serializable;

/**
 * One dataset.
 *
 * @param name directory name, plural
 * @param type class of its rows
 * @param time what a row is filed by
 * @param engine what a row is filed by, too; null of a row that is about none or several
 */
public record Dataset<T extends Record>(
    String name, Class<T> type, RecordTime<T> time, RecordEngine<T> engine)
    implements Serializable {}
