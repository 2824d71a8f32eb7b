// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The floor of any judge outside the engine: one thread reads a topic and writes each record to
 * another, one thread receives it there. Client settings are those of the measured path.
 */
final class EchoLoop implements AutoCloseable {
  static final String THERE = "sluice.bench.echo-there";
  static final String BACK = "sluice.bench.echo-back";

  private static final Duration POLL = Duration.ofMillis(500);
  private static final long ANSWER_S = 20;

  private final KafkaProducer<byte[], byte[]> sender;
  private final KafkaProducer<byte[], byte[]> echoer;
  private final KafkaConsumer<byte[], byte[]> there;
  private final KafkaConsumer<byte[], byte[]> back;
  private final BlockingQueue<Long> receipts = new LinkedBlockingQueue<>();
  private final Thread echoThread;
  private final Thread receiveThread;
  private volatile boolean stopped;

  EchoLoop(String bootstrap) {
    sender = Clients.producer(bootstrap);
    echoer = Clients.producer(bootstrap);
    there = consumer(bootstrap, THERE);
    back = consumer(bootstrap, BACK);
    echoThread = new Thread(this::echo, "bench-echo");
    receiveThread = new Thread(this::receive, "bench-echo-receive");
    echoThread.start();
    receiveThread.start();
  }

  /** Sends one record there and waits until it is back; nanoseconds. */
  long measure(byte[] value) throws InterruptedException {
    long sentNanos = System.nanoTime();
    sender.send(new ProducerRecord<>(THERE, value));
    Long receivedNanos = receipts.poll(ANSWER_S, TimeUnit.SECONDS);
    if (receivedNanos == null) {
      throw new IllegalStateException("no echo within " + ANSWER_S + " s");
    }
    return receivedNanos - sentNanos;
  }

  private void echo() {
    each(there, message -> echoer.send(new ProducerRecord<>(BACK, message.value())));
  }

  private void receive() {
    each(back, message -> receipts.add(System.nanoTime()));
  }

  private interface Step {
    void take(ConsumerRecord<byte[], byte[]> message);
  }

  private void each(KafkaConsumer<byte[], byte[]> consumer, Step step) {
    try (consumer) {
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          step.take(message);
        }
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    there.wakeup();
    back.wakeup();
    echoThread.join();
    receiveThread.join();
    sender.close();
    echoer.close();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, String topic) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "enable.auto.commit",
                false,
                "fetch.min.bytes",
                1,
                "auto.offset.reset",
                "latest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    consumer.position(partitions.get(0));
    return consumer;
  }

  /** Producers as the measured path has them. */
  static final class Clients {
    private Clients() {}

    static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
      return new KafkaProducer<>(
          Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0),
          new ByteArraySerializer(),
          new ByteArraySerializer());
    }
  }
}
