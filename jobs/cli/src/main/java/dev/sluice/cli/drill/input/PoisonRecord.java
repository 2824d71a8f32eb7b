// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records that cannot be read, on every input topic. */
final class PoisonRecord implements Fault {
  private static final List<String> INPUTS =
      List.of(
          Topics.TICKS,
          Topics.ORDERS,
          Topics.FILLS,
          Topics.HEALTH,
          Topics.LEDGER,
          Topics.DROPCOPY,
          Topics.ACKS,
          Topics.COMMANDS);

  private static final int TEN_MEGABYTES = 10_000_000;
  private static final int DEPTH = 100_000;

  private final Map<String, String> sent = new TreeMap<>();
  private long bytes;

  @Override
  public String name() {
    return "poison-record";
  }

  @Override
  public String about() {
    return "eight kinds of unreadable records on all eight input topics; each becomes one dead"
        + " letter, and nothing is restarted";
  }

  @Override
  public void inject(DrillStage stage) {
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      for (String topic : INPUTS) {
        Map<String, byte[]> poisons = poisons();
        poisons.forEach((kind, value) -> writer.send(topic, DrillPlan.ENGINE, value));
        List<RecordMetadata> places = writer.written();
        List<String> kinds = List.copyOf(poisons.keySet());
        for (int i = 0; i < places.size(); i++) {
          RecordMetadata place = places.get(i);
          sent.put(place(place.topic(), place.partition(), place.offset()), kinds.get(i));
        }
        for (byte[] value : poisons.values()) {
          bytes += value == null ? 0 : value.length;
        }
      }
    }
  }

  private static Map<String, byte[]> poisons() {
    Map<String, byte[]> poisons = new LinkedHashMap<>();
    poisons.put("malformed JSON", bytes("{\"schema\":\"tick.v1\", oops"));
    poisons.put("wrong schema", lease());
    poisons.put("10 MB", new byte[TEN_MEGABYTES]);
    poisons.put("empty", new byte[0]);
    poisons.put("null", null);
    poisons.put("nested deeply", bytes("{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH)));
    poisons.put("invalid UTF-8", new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1'});
    poisons.put("no object", bytes("[1, 2, 3]"));
    return poisons;
  }

  /** A record of ours that belongs on none of these topics. */
  private static byte[] lease() {
    return Json.write(new Lease(Lease.SCHEMA, DrillPlan.ENGINE, 0, 1e9, 0, 0, "nobody"));
  }

  /** Dead letters on their topic by the place of what they are of, with how many there are. */
  private static Map<String, List<DeadLetter>> letters(DrillStage stage) {
    Map<String, List<DeadLetter>> letters = new TreeMap<>();
    try (RecordTail tail =
        new RecordTail(stage.bootstrap(), List.of(Topics.DEADLETTERS), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              DeadLetter letter = Json.read(record.value(), DeadLetter.class);
              letters
                  .computeIfAbsent(
                      place(letter.topic(), letter.partition(), letter.offset()),
                      key -> new ArrayList<>())
                  .add(letter);
            } catch (MalformedException e) {
              throw new IllegalStateException("a dead letter cannot be read", e);
            }
          });
    }
    return letters;
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    Map<String, List<DeadLetter>> letters = letters(stage);
    List<String> problems = new ArrayList<>();
    sent.forEach(
        (place, kind) -> {
          List<DeadLetter> own = letters.getOrDefault(place, List.of());
          if (own.size() != 1) {
            problems.add(kind + " at " + place + " has " + own.size() + " dead letters");
          } else if (own.get(0).reason().isBlank()) {
            problems.add(kind + " at " + place + " has no reason");
          } else if (own.get(0).bytes().length > DeadLetter.MAX_BYTES) {
            problems.add(kind + " at " + place + " is kept whole");
          }
        });
    return List.of(
        DrillCheck.of(
            problems.isEmpty(),
            "each is one dead letter with topic, partition, offset and reason",
            "%s",
            problems.isEmpty()
                ? sent.size() + " records, as many dead letters"
                : String.join("; ", problems)));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("poison_records", sent.size(), "poison_bytes", bytes);
  }

  private static String place(String topic, int partition, long offset) {
    return topic + "/" + partition + "/" + offset;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
