// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a verdict rests on.
 *
 * @param measured the value, null for NO_DATA
 * @param limit the limit it was compared with
 * @param unit unit of both
 * @param windowMs length of the window judged, 0 for an instant criterion
 * @param samples samples in the window
 * @param coverageRatio buckets with data / buckets in the window, 0..1
 * @param gaps sequence gaps within the window (missing records)
 * @param decidedIngestUs Kafka append time of the record that completed the evidence, 0 when
 *     unknown
 * @param inputs offsets of the inputs
 * @param reason one sentence, built where the numbers were compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
    @Nullable Double measured,
    @Nullable Double limit,
    String unit,
    long windowMs,
    long samples,
    double coverageRatio,
    long gaps,
    long decidedIngestUs,
    @Nullable List<InputRange> inputs,
    String reason) {

  /** The same evidence, said in another sentence. */
  public Evidence because(String sentence) {
    return new Evidence(
        measured,
        limit,
        unit,
        windowMs,
        samples,
        coverageRatio,
        gaps,
        decidedIngestUs,
        inputs,
        sentence);
  }
}
