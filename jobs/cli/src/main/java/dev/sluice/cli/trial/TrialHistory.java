// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was said of trials: per engine and trial, its words in the order of event time, each time
 * once.
 */
public final class TrialHistory {
  private static final String WORDS =
      """
      SELECT * REPLACE (epoch_us(event_time_us) AS event_time_us,
                        epoch_us(stage_since_us) AS stage_since_us)
      FROM trials ORDER BY event_time_us""";

  private final Map<Key, List<TrialStatus>> words;

  /** One trial of one engine. */
  public record Key(String engineId, String trialId) {}

  private TrialHistory(Map<Key, List<TrialStatus>> words) {
    this.words = words;
  }

  /** The history as the dataset {@code trials} has it; empty without one. */
  public static TrialHistory of(Datasets datasets) {
    Builder builder = new Builder();
    if (datasets.views().containsKey("trials")) {
      for (Map<String, Object> row : datasets.query(WORDS).maps()) {
        builder.add(Json.mapper().convertValue(row, TrialStatus.class));
      }
    }
    return builder.build();
  }

  /** Collects words in any order; of two at one time the later one counts. */
  public static final class Builder {
    private final Map<Key, Map<Long, TrialStatus>> heard = new LinkedHashMap<>();

    /** Takes one word. */
    public Builder add(TrialStatus status) {
      heard
          .computeIfAbsent(
              new Key(status.engineId(), status.trialId()), key -> new LinkedHashMap<>())
          .put(status.eventTimeUs(), status);
      return this;
    }

    /** What was collected. */
    public TrialHistory build() {
      Map<Key, List<TrialStatus>> words = new LinkedHashMap<>();
      heard.forEach(
          (key, byTime) ->
              words.put(
                  key,
                  byTime.values().stream()
                      .sorted(Comparator.comparingLong(TrialStatus::eventTimeUs))
                      .toList()));
      return new TrialHistory(words);
    }
  }

  /** Which trials there are, those spoken of last at the end. */
  public List<Key> trials() {
    List<Key> keys = new ArrayList<>(words.keySet());
    keys.sort(Comparator.comparingLong(key -> last(key).eventTimeUs()));
    return keys;
  }

  /**
   * The trial spoken of last, of those asked for.
   *
   * @param engineId null for any
   * @param trialId null for any
   */
  public Optional<Key> newest(String engineId, String trialId) {
    return trials().stream()
        .filter(key -> engineId == null || key.engineId().equals(engineId))
        .filter(key -> trialId == null || key.trialId().equals(trialId))
        .reduce((earlier, later) -> later);
  }

  /** Its words in the order of event time; empty for one that is not known. */
  public List<TrialStatus> words(Key key) {
    return words.getOrDefault(key, List.of());
  }

  /** Its last word. */
  public TrialStatus last(Key key) {
    List<TrialStatus> all = words(key);
    return all.get(all.size() - 1);
  }

  /** The last word of each of its stages, in order; a stage entered again counts again. */
  public List<TrialStatus> lastOfEachStage(Key key) {
    List<TrialStatus> last = new ArrayList<>();
    for (TrialStatus word : words(key)) {
      int size = last.size();
      if (size > 0 && sameStage(last.get(size - 1), word)) {
        last.set(size - 1, word);
      } else {
        last.add(word);
      }
    }
    return last;
  }

  private static boolean sameStage(TrialStatus one, TrialStatus other) {
    return one.stage().equals(other.stage()) && one.stageSinceUs() == other.stageSinceUs();
  }
}
