// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads verdicts and decisions and tells people. The consumer group's offsets are committed only
 * when nothing waits in any channel and the rows of all receipts are at the broker; what was told
 * is taken up from the topic of notifications. So a crash loses no message, and can double one only
 * between a channel's receipt and its row. One process per consumer group; one thread.
 */
public final class Notifier implements AutoCloseable {
  /** Criterion id of judges that say nothing any more. */
  static final String SILENCE = "sluice.notify.silence";

  private static final int MAX_WAITING = 5_000;

  private final NotifyConfig config;
  private final boolean once;
  private final Clock clock;
  private final NotificationLog log;
  private final VerdictReader reader;
  private final EpisodeTracker tracker;
  private final Switchboard switchboard;
  private final AtomicLong rows = new AtomicLong();
  private final NotifyMetrics metrics;
  private volatile int standing;
  private boolean quiet;
  private long heardNs;
  private long beatNs;
  private Message silence;

  /**
   * How to run.
   *
   * @param group consumer group that keeps the position
   * @param once whether to end with what is on the topics now, trying each message a few times only
   * @param history whether a first start tells also of episodes that are over
   * @param metricsPort of Prometheus' figures on loopback, empty for none
   */
  public record Options(String group, boolean once, boolean history, OptionalInt metricsPort) {}

  /**
   * Connects, and takes up what was told.
   *
   * @param loud tells the operator of this process
   * @throws IllegalStateException when a topic does not exist
   * @throws IOException when the port of the figures is taken
   */
  public Notifier(
      NotifyConfig config, KafkaAccess kafka, Options options, Clock clock, Consumer<String> loud)
      throws IOException {
    this.config = config;
    this.once = options.once();
    this.clock = clock;
    this.tracker = new EpisodeTracker(config.shadow(), config.leastSeverity());
    this.log = new NotificationLog(kafka);
    this.switchboard = new Switchboard(config, !once, clock, this::journal, loud);
    List<Notification> told = log.read();
    this.reader = new VerdictReader(kafka, options.group());
    this.quiet = reader.firstStart() && !options.history();
    new History(told).restore(tracker, switchboard);
    this.standing = tracker.standing().size();
    this.metrics =
        options.metricsPort().isEmpty()
            ? null
            : new NotifyMetrics(
                switchboard, () -> standing, rows::get, options.metricsPort().getAsInt());
  }

  /** What came of it. */
  public enum End {
    DONE,
    /** A channel failed three times in a row, or a message was given up. */
    TROUBLED
  }

  /**
   * Reads and tells until {@code stop}, or until everything is told.
   *
   * @throws IllegalStateException when receipts cannot be written
   */
  public End run(BooleanSupplier stop) {
    switchboard.start();
    heardNs = System.nanoTime();
    beatNs = heardNs - TimeUnit.MILLISECONDS.toNanos(config.watchdogMs());
    while (!stop.getAsBoolean()) {
      if (switchboard.waiting() < MAX_WAITING) {
        reader.poll(this::heard);
      }
      if (quiet && reader.caughtUp()) {
        quiet = false;
        tracker.standing().forEach(switchboard::tell);
      }
      if (!once) {
        beat();
        listen();
      }
      standing = tracker.standing().size();
      boolean idle = switchboard.waiting() == 0;
      if (idle && !quiet) {
        log.flush();
        reader.commit();
        if (once && reader.caughtUp()) {
          break;
        }
      }
    }
    return (once ? switchboard.troubled() : switchboard.failingNow()) ? End.TROUBLED : End.DONE;
  }

  /** Rows of receipts and failures written so far. */
  public long rows() {
    return rows.get();
  }

  /** Episodes that are not over. */
  public int standing() {
    return standing;
  }

  @Override
  public void close() {
    if (metrics != null) {
      metrics.close();
    }
    switchboard.close();
    reader.close();
    log.close();
  }

  private void heard(ConsumerRecord<byte[], byte[]> record) {
    try {
      List<Message> messages;
      if (record.topic().equals(Topics.VERDICTS)) {
        messages = tracker.verdict(Json.read(record.value(), Verdict.class));
        heardNs = System.nanoTime();
      } else {
        messages = tracker.control(Json.read(record.value(), Control.class));
      }
      if (!quiet) {
        messages.forEach(switchboard::tell);
      }
    } catch (MalformedException e) {
      return; // foreign bytes on the topic: the archive reports them as dead letters
    }
  }

  private void beat() {
    long nowNs = System.nanoTime();
    if (nowNs - beatNs < TimeUnit.MILLISECONDS.toNanos(config.watchdogMs())) {
      return;
    }
    beatNs = nowNs;
    long nowUs = nowUs();
    switchboard.tell(
        Message.test(
            NotificationKind.WATCHDOG,
            "watchdog-" + nowUs,
            nowUs,
            "the last word of a judge came "
                + TimeUnit.NANOSECONDS.toSeconds(nowNs - heardNs)
                + " s ago; "
                + tracker.standing().size()
                + " episodes stand"));
  }

  /** No word of any judge is no good news. */
  private void listen() {
    boolean silent =
        System.nanoTime() - heardNs > TimeUnit.MILLISECONDS.toNanos(config.silenceMs());
    if (silent && silence == null) {
      silence =
          Message.own(
              SILENCE,
              "",
              nowUs(),
              "no judge has said anything for "
                  + config.silenceMs() / 1000
                  + " s: the jobs, Kafka or every engine stand still");
      switchboard.tell(silence);
    } else if (!silent && silence != null) {
      switchboard.tell(silence.over(nowUs(), null, "", "a judge has spoken again"));
      silence = null;
    }
  }

  private void journal(Notification row) {
    rows.incrementAndGet();
    log.append(row);
  }

  private long nowUs() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }
}
