// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which channel is told what. Everything goes to every channel that hears its kind; a {@code
 * fallback} hears only while another fails, and then also how it ends. A channel that fails three
 * times in a row is an alert of its own, told to all others and on standard error. Called by the
 * reader's thread and by the workers'.
 */
final class Switchboard implements AutoCloseable, ChannelWorker.Told {
  /** Criterion id of a channel that fails. */
  static final String CHANNEL_FAILS = "sluice.notify.channel";

  private final Clock clock;
  private final Consumer<Notification> journal;
  private final Consumer<String> loud;
  private final List<ChannelWorker> workers = new ArrayList<>();
  private final Map<String, Message> failing = new ConcurrentHashMap<>();
  private volatile boolean everFailing;

  /**
   * @param patient whether messages are tried for ever
   * @param journal keeps rows; called from any thread
   * @param loud tells the operator of this process
   */
  Switchboard(
      NotifyConfig config,
      boolean patient,
      Clock clock,
      Consumer<Notification> journal,
      Consumer<String> loud) {
    this.clock = clock;
    this.journal = journal;
    this.loud = loud;
    for (NotifyConfig.ChannelSpec spec : config.channels()) {
      workers.add(
          new ChannelWorker(Channels.of(spec, config, clock), spec, config, patient, clock, this));
    }
  }

  /** The channels, in the order of the configuration. */
  List<ChannelWorker> workers() {
    return List.copyOf(workers);
  }

  /** Starts to deliver. */
  void start() {
    workers.forEach(ChannelWorker::start);
  }

  /** Queues a message where it belongs. */
  void tell(Message message) {
    boolean trouble = !failing.isEmpty();
    for (ChannelWorker worker : workers) {
      boolean hears = worker.spec().kinds().contains(message.kind());
      boolean turn = !worker.spec().fallback() || trouble || endsWhatItHeard(worker, message);
      boolean late = message.kind() == NotificationKind.WATCHDOG && worker.waiting() > 0;
      if (hears && turn && !late) {
        worker.deliver(message);
      }
    }
  }

  /** Messages that have not arrived, of the channel that has most. */
  int waiting() {
    return workers.stream().mapToInt(ChannelWorker::waiting).max().orElse(0);
  }

  /** Whether a channel failed three times in a row since the start, or a message was given up. */
  boolean troubled() {
    return everFailing || workers.stream().anyMatch(ChannelWorker::gaveUp);
  }

  /** Whether a channel fails now. */
  boolean failingNow() {
    return !failing.isEmpty();
  }

  @Override
  public void row(Notification row) {
    journal.accept(row);
  }

  @Override
  public void failing(ChannelWorker worker, Message message, String why) {
    everFailing = true;
    String name = worker.spec().name();
    Message alert =
        Message.own(
            CHANNEL_FAILS,
            "channel=" + name,
            nowUs(),
            "channel "
                + name
                + " has failed "
                + ChannelWorker.PATIENCE
                + " times in a row: "
                + why
                + "; "
                + worker.waiting()
                + " messages wait for it");
    failing.put(name, alert);
    loud.accept(alert.reason());
    tellOthers(worker, alert);
    if (message != null) {
      tellFallbacks(worker, message);
    }
  }

  @Override
  public void works(ChannelWorker worker) {
    Message alert = failing.remove(worker.spec().name());
    if (alert != null) {
      loud.accept("channel " + worker.spec().name() + " works again");
      tellOthers(worker, alert.over(nowUs(), null, "", "the channel works again"));
    }
  }

  @Override
  public void close() {
    workers.forEach(ChannelWorker::close);
  }

  private void tellOthers(ChannelWorker failed, Message message) {
    for (ChannelWorker worker : workers) {
      if (worker != failed && worker.spec().kinds().contains(message.kind())) {
        worker.deliver(message);
      }
    }
  }

  private void tellFallbacks(ChannelWorker failed, Message message) {
    for (ChannelWorker worker : workers) {
      if (worker != failed
          && worker.spec().fallback()
          && worker.spec().kinds().contains(message.kind())) {
        worker.deliver(message);
      }
    }
  }

  private static boolean endsWhatItHeard(ChannelWorker worker, Message message) {
    return message.kind() == NotificationKind.RESOLVED && worker.has(message.firingId());
  }

  private long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
