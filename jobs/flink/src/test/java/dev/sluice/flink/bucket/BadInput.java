// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static dev.sluice.flink.bucket.EngineScript.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.EngineScript.Kind;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One minute of an engine on the roster with every kind of bad record strewn in. */
final class BadInput {
  static final int MALFORMED = 5;
  static final int QUARANTINED = 4;

  private BadInput() {}

  static List<RawRecord> withGood() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 20);
    script.publish(Kind.TICK, bytes("{\"schema\":\"tick.v1\",\"engine_id\":"));
    script.publish(Kind.TICK, bytes("not json at all"));
    script.publish(Kind.TICK, tick(script, 21, "\"total_ms\":", "\"other_ms\":"));
    script.publish(Kind.TICK, bytes("{\"bid\":NaN}"));
    script.publish(Kind.HEALTH, bytes("[1,2,3]"));
    script.publish(Kind.TICK, number(script, 22, "\"NaN\""));
    script.publish(Kind.TICK, number(script, 23, "1e999"));
    script.publish(Kind.TICK, number(script, 24, "-5"));
    script.tick(START_US + 3_625_000_000L); // one hour ahead
    byte[] huge = new byte[10 * 1024 * 1024];
    Arrays.fill(huge, (byte) ' ');
    script.publish(Kind.TICK, huge);
    EngineScript stranger = new EngineScript("stranger", 2);
    stranger.tick(START_US + 25_000_000);
    script.publish(Kind.TICK, stranger.topics.get(Kind.TICK).get(0).value());
    return script.trade(30, 60).health(START_US + 60_000_000).asAppended();
  }

  static void check(List<DeadLetter> letters, List<Bucket> whole) {
    assertThat(count(letters, DeadLetter.MALFORMED)).isEqualTo(MALFORMED);
    assertThat(count(letters, DeadLetter.QUARANTINED)).isEqualTo(QUARANTINED);
    assertThat(count(letters, DeadLetter.OVERSIZED)).isEqualTo(1);
    assertThat(count(letters, DeadLetter.UNKNOWN_ENGINE)).isEqualTo(1);
    assertThat(letters).hasSize(MALFORMED + QUARANTINED + 2);
    assertThat(letters)
        .filteredOn(letter -> letter.kind().equals(DeadLetter.OVERSIZED))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.bytes()).hasSize(64 * 1024);
              assertThat(letter.sizeBytes()).isEqualTo(10 * 1024 * 1024);
            });
    assertThat(letters).extracting(DeadLetter::reason).anyMatch(r -> r.contains("total_ms"));
    assertThat(whole).hasSize(6);
    assertThat(whole.stream().mapToLong(Bucket::quarantined).sum()).isEqualTo(QUARANTINED);
    assertThat(whole.stream().mapToLong(Bucket::ticks).sum()).isEqualTo(100);
  }

  private static long count(List<DeadLetter> letters, String kind) {
    return letters.stream().filter(letter -> letter.kind().equals(kind)).count();
  }

  private static byte[] number(EngineScript script, int second, String totalMs) {
    return tick(script, second, "\"total_ms\":[^,]*", "\"total_ms\":" + totalMs);
  }

  private static byte[] tick(EngineScript script, int second, String regex, String replacement) {
    byte[] good = Json.write(script.nextTick(START_US + second * 1_000_000L));
    return bytes(new String(good, StandardCharsets.UTF_8).replaceFirst(regex, replacement));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
