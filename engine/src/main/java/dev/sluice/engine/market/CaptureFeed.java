// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Raw Binance websocket captures, gzip or plain, one message per line: {@code <receive stamp>
 * <JSON>}, the stamp in s, ms, µs or ns since the epoch, the JSON in the combined-stream envelope
 * or bare: depth updates, best quotes, trades and REST depth snapshots. An edge: it reads files.
 *
 * <p>Files are merged by receive time, those with equal times in the given order, so that the parts
 * of one recording continue one book. A line received earlier than the one before it is handed out
 * as it stands, late. Exchange times are E, else T, else the receive time. Perpetual futures, known
 * by the fields only they have ({@code pu}, {@code X}, a time in the best quote), get the symbol's
 * suffix {@link Instrument#PERPETUAL_SUFFIX}.
 *
 * <p>Lines that cannot be read are counted, described and skipped; see {@link #stats}. Not
 * thread-safe.
 */
public final class CaptureFeed implements MarketDataFeed {
  private final List<CaptureFile> files = new ArrayList<>();
  private final List<String> symbols;

  /**
   * Opens the files and reads their first 1,000 lines each.
   *
   * @throws IOException when a file cannot be opened
   */
  public CaptureFeed(List<Path> paths) throws IOException {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no capture files");
    }
    Set<String> seen = new LinkedHashSet<>();
    try {
      for (Path path : paths) {
        CaptureFile file = new CaptureFile(path);
        files.add(file);
        seen.addAll(file.symbols());
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    this.symbols = List.copyOf(seen);
  }

  /** Symbols seen in the first 1,000 lines of each file. */
  @Override
  public List<String> symbols() {
    return symbols;
  }

  @Override
  public long nextTimeUs() {
    CaptureFile next = next();
    return next == null ? Long.MAX_VALUE : next.peek().receiveTimeUs();
  }

  @Override
  public MarketEvent poll(long nowUs) {
    CaptureFile next = next();
    return next == null || next.peek().receiveTimeUs() > nowUs ? null : next.take();
  }

  /** What was read of each file so far, in the order the files were given. */
  public List<CaptureStats> stats() {
    return files.stream().map(CaptureFile::stats).toList();
  }

  @Override
  public void close() {
    IOException failure = null;
    for (CaptureFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw new UncheckedIOException("cannot close a capture", failure);
    }
  }

  private CaptureFile next() {
    CaptureFile first = null;
    for (CaptureFile file : files) {
      MarketEvent event = file.peek();
      if (event != null
          && (first == null || event.receiveTimeUs() < first.peek().receiveTimeUs())) {
        first = file;
      }
    }
    return first;
  }
}
