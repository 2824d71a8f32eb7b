// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Who reads which partition, and how far: the sources of the job. */
final class Readers {
  /** One subtask of one source. */
  record Source(String name, int index) {}

  /** One partition in the hands of one subtask of a source. */
  static final class Reader {
    final Partition partition;
    final String source;
    int index;
    private int offset;

    Reader(Partition partition, String source) {
      this.partition = partition;
      this.source = source;
    }

    boolean ready() {
      return offset < partition.entries.size();
    }

    Partition.Entry next() {
      return partition.entries.get(offset);
    }

    Object take() {
      return partition.entries.get(offset++).value();
    }
  }

  private final List<Reader> readers = new ArrayList<>();
  private final Set<Source> passed = new LinkedHashSet<>();
  private int parallelism = 1;
  private Checkpoint noted;

  Readers(List<EngineTopics> topics, Partition commands) {
    for (EngineTopics each : topics) {
      each.events.values().forEach(event -> readers.add(new Reader(event, "in-events")));
      readers.add(new Reader(each.acks, "in-acks"));
    }
    readers.add(new Reader(commands, "in-commands"));
  }

  /** Back to what the checkpoint says; partitions are dealt out anew. */
  void rewind(Checkpoint to, int newParallelism, Random random) {
    parallelism = newParallelism;
    int first = random.nextInt(newParallelism);
    for (int i = 0; i < readers.size(); i++) {
      Reader reader = readers.get(i);
      reader.index = (first + i) % newParallelism;
      reader.offset = to == null ? 0 : to.offsets.get(reader.partition);
    }
  }

  List<Reader> ready() {
    List<Reader> ready = new ArrayList<>();
    for (Reader reader : readers) {
      if (reader.ready()) {
        ready.add(reader);
      }
    }
    return ready;
  }

  /** Subtasks of this source that have read all there is. */
  List<Integer> readThrough(String source) {
    List<Integer> all = new ArrayList<>();
    for (int index = 0; index < parallelism; index++) {
      int mine = index;
      if (readers.stream()
          .noneMatch(each -> each.source.equals(source) && each.index == mine && each.ready())) {
        all.add(index);
      }
    }
    return all;
  }

  /** Subtasks of sources whose offsets are not in the checkpoint yet. */
  List<Source> without(Checkpoint checkpoint) {
    if (noted != checkpoint) {
      noted = checkpoint;
      passed.clear();
    }
    List<Source> waiting = new ArrayList<>();
    for (String name : List.of("in-events", "in-acks", "in-commands", "in-criteria")) {
      for (int index = 0; index < parallelism; index++) {
        Source source = new Source(name, index);
        if (!passed.contains(source)) {
          waiting.add(source);
        }
      }
    }
    return waiting;
  }

  /** Notes the offsets of one subtask of a source. */
  void note(Source source, Checkpoint checkpoint, Defect defect) {
    passed.add(source);
    for (Reader reader : readers) {
      if (reader.source.equals(source.name()) && reader.index == source.index()) {
        int shift =
            switch (defect) {
              case OFFSETS_AHEAD -> 1;
              case OFFSETS_BEHIND -> -1;
              default -> 0;
            };
        int offset = Math.max(0, Math.min(reader.partition.entries.size(), reader.offset + shift));
        checkpoint.offsets.put(reader.partition, offset);
      }
    }
  }
}
