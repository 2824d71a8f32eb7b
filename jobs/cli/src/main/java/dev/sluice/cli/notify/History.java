// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was told before this start, taken up again by tracker and channels. */
final class History {
  private final Map<String, Notification> fired = new LinkedHashMap<>();
  private final Map<String, Notification> resolved = new LinkedHashMap<>();
  private final Map<String, Set<String>> channels = new LinkedHashMap<>();

  /** Reads the rows of the topic. */
  History(List<Notification> rows) {
    for (Notification row : rows) {
      if (!row.delivered()) {
        continue;
      }
      channels.computeIfAbsent(row.notificationId(), id -> new HashSet<>()).add(row.channel());
      if (row.kind() == NotificationKind.FIRING) {
        fired.putIfAbsent(row.episodeId(), row);
      } else if (row.kind() == NotificationKind.RESOLVED) {
        resolved.putIfAbsent(row.episodeId(), row);
      }
    }
  }

  /** Before the workers start: what they had, what stands, and what is left to tell. */
  void restore(EpisodeTracker tracker, Switchboard switchboard) {
    for (ChannelWorker worker : switchboard.workers()) {
      channels.forEach(
          (id, had) -> {
            if (had.contains(worker.spec().name())) {
              worker.restore(id);
            }
          });
    }
    fired.forEach(
        (episode, row) -> {
          Message begun = Message.of(row);
          Notification end = resolved.get(episode);
          if (end != null) {
            tellTheRest(switchboard, begun, Message.of(end));
          } else if (row.engineId() == null) {
            tellTheRest(
                switchboard,
                begun,
                begun.over(row.sentAtUs(), null, "", "sluice notify was started anew"));
          } else {
            tracker.restore(begun);
            stands(switchboard, begun);
          }
        });
  }

  private static void stands(Switchboard switchboard, Message begun) {
    for (ChannelWorker worker : switchboard.workers()) {
      if (worker.has(begun.notificationId())) {
        worker.adopt(begun);
      }
    }
    switchboard.tell(begun);
  }

  /** Who was told the beginning is told the end. */
  private static void tellTheRest(Switchboard switchboard, Message begun, Message end) {
    for (ChannelWorker worker : switchboard.workers()) {
      if (worker.has(begun.notificationId())) {
        worker.deliver(end);
      }
    }
  }
}
