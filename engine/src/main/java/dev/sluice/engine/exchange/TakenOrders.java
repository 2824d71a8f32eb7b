// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.OrderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Every client order id this venue has taken, and what became of it. An id is known from the moment
 * the request is taken, so that nobody who asks is told "never heard of" while it is on its way to
 * the book. Nothing is forgotten: when it is full, the venue takes no more orders. Not thread-safe.
 */
final class TakenOrders {
  private final int capacity;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    private ExecutionReport newest;
    private final List<ExecutionReport> executions = new ArrayList<>(1);
    private final List<CompletableFuture<ExecutionReport>> waiting = new ArrayList<>(1);
  }

  TakenOrders(int capacity) {
    this.capacity = capacity;
  }

  boolean full() {
    return entries.size() >= capacity;
  }

  int size() {
    return entries.size();
  }

  boolean knows(String clientOrderId) {
    return entries.containsKey(clientOrderId);
  }

  /** Takes an id that is new. */
  void take(String clientOrderId) {
    if (entries.putIfAbsent(clientOrderId, new Entry()) != null) {
      throw new IllegalStateException("taken before: " + clientOrderId);
    }
  }

  /** The first report of a known order: now, or as soon as there is one. */
  CompletableFuture<ExecutionReport> answer(String clientOrderId) {
    Entry entry = entries.get(clientOrderId);
    CompletableFuture<ExecutionReport> answer = new CompletableFuture<>();
    if (entry.newest != null) {
      answer.complete(entry.newest);
    } else {
      entry.waiting.add(answer);
    }
    return answer;
  }

  /** What has become of an order that has had its first report. */
  OrderStatus status(String clientOrderId, long venueTimeUs) {
    Entry entry = entries.get(clientOrderId);
    return new OrderStatus(clientOrderId, true, entry.newest, entry.executions, venueTimeUs);
  }

  /** The order as it stands, null before its first report or when it is not known. */
  ExecutionReport newest(String clientOrderId) {
    Entry entry = entries.get(clientOrderId);
    return entry == null ? null : entry.newest;
  }

  /** Notes a report and tells those who wait for it. */
  void note(ExecutionReport report) {
    Entry entry = entries.computeIfAbsent(report.clientOrderId(), id -> new Entry());
    entry.newest = report.withoutFill();
    if (report.fillId() != null) {
      entry.executions.add(report);
    }
    entry.waiting.forEach(answer -> answer.complete(entry.newest));
    entry.waiting.clear();
  }

  /** Tells everybody who waits that no answer will come. */
  void fail(Throwable cause) {
    for (Entry entry : entries.values()) {
      entry.waiting.forEach(answer -> answer.completeExceptionally(cause));
      entry.waiting.clear();
    }
  }
}
