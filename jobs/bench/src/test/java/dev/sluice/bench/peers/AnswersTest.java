// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer is measured from its first tenth on, and only what it said is believed. */
class AnswersTest {
  private static final int BUCKETS = 21;
  private static final long EVENTS = 21_000;

  @TempDir Path directory;

  @Test
  void isCompleteWithTheLastDueAnswerAndCountsFromTheFirstTenthOn() {
    Answers answers = new Answers(task());
    for (int bucket = 0; bucket < BUCKETS - 1; bucket++) {
      assertThat(answers.isComplete()).isFalse();
      answers.accept(of(bucket, 0.5));
    }

    assertThat(answers.isComplete()).isTrue();
    assertThat(answers.size()).isEqualTo((int) task().due());
    // the mark is at the end of the third bucket, the first beyond 10 %; the last one cannot close
    assertThat(answers.cost().events()).isEqualTo(20_000 - 3_000);
    assertThat(answers.cost().wallNanos()).isLessThanOrEqualTo(answers.cost().passWallNanos());
  }

  @Test
  void aPeerThatKnowsHowFarItHasReadIsBelieved() {
    Answers answers = new Answers(task());
    answers.accept(of(0, 0.5), 10_000);
    for (int bucket = 1; bucket < BUCKETS - 1; bucket++) {
      answers.accept(of(bucket, 0.5), 21_000);
    }

    assertThat(answers.cost().events()).isEqualTo(11_000);
  }

  @Test
  void answersMayComeTwiceButNotDiffer() {
    Answers answers = new Answers(task());
    answers.accept(of(0, 0.5));
    answers.accept(of(0, 0.5));

    assertThat(answers.size()).isEqualTo(3);
    assertThatThrownBy(() -> answers.accept(of(0, 0.6)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("said twice");
  }

  @Test
  void theFirstDifferenceIsNamed() {
    Answer pass = new Answer("mm-1", 10, "cache-hit-ratio", "PASS", 0.9);
    Answer breach = new Answer("mm-1", 10, "cache-hit-ratio", "BREACH", 0.7);
    Answer nearly = new Answer("mm-1", 10, "cache-hit-ratio", "PASS", 0.9 + 1e-12);
    Answer none = new Answer("mm-1", 10, "cache-hit-ratio", "NO_DATA", Double.NaN);

    assertThat(difference(pass, nearly)).isNull();
    assertThat(difference(none, none)).isNull();
    assertThat(difference(pass, breach))
        .isEqualTo("mm-1 10 cache-hit-ratio: BREACH at 0.7, expected PASS at 0.9");
    assertThat(difference(pass, new Answer("mm-1", 10, "cache-hit-ratio", "PASS", 0.91)))
        .contains("0.91");
    assertThat(PeerResult.difference(Map.of(pass.key(), pass), Map.of())).contains("no answer");
    assertThat(PeerResult.difference(Map.of(), Map.of(pass.key(), pass)))
        .contains("expected nothing");
  }

  @Test
  void aResultIsWrittenAndRead() throws Exception {
    Answer answer = new Answer("mm-1", 10, "tick-total-p95-ms", "NO_DATA", Double.NaN);
    Cost slow = new Cost(100, 10, 20, 30, 40);
    Cost fast = new Cost(100, 10, 10, 30, 40);
    PeerResult result = new PeerResult(Map.of(answer.key(), answer), List.of(slow, fast), 4_096);
    Path file = directory.resolve("result.tsv");
    result.write(file);

    assertThat(PeerResult.read(file)).isEqualTo(result);
    assertThat(PeerResult.read(file).best()).isEqualTo(fast);
  }

  private static String difference(Answer expected, Answer said) {
    return PeerResult.difference(Map.of(expected.key(), expected), Map.of(said.key(), said));
  }

  private static List<Answer> of(int bucket, double value) {
    List<Answer> answers = new ArrayList<>();
    for (Question.Criterion criterion : Question.Criterion.values()) {
      answers.add(
          new Answer("mm-1", (bucket + 1) * Question.BUCKET_US, criterion.id(), "PASS", value));
    }
    return answers;
  }

  private static Task task() {
    return new Task("", EVENTS, 0, BUCKETS, 1, Path.of("sluice.yaml"), Path.of(""));
  }
}
