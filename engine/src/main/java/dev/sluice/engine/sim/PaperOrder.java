// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.Instrument;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** An order the venue has accepted. Quantities are whole lots. */
final class PaperOrder {
  final NewOrder request;
  final Instrument instrument;
  final String venueOrderId;
  final Side side;
  final double price;
  final long lots;
  long filledLots;
  QueuePosition queue;
  double queueAheadAtJoin = Double.NaN;
  long bookBreaks;

  PaperOrder(NewOrder request, Instrument instrument, String venueOrderId) {
    this.request = request;
    this.instrument = instrument;
    this.venueOrderId = venueOrderId;
    this.side = request.side();
    this.price = request.price() == null ? Double.NaN : request.price().doubleValue();
    this.lots =
        request.qty().divide(instrument.lotSize(), 0, RoundingMode.UNNECESSARY).longValueExact();
  }

  long leftLots() {
    return lots - filledLots;
  }

  BigDecimal left() {
    return qty(leftLots());
  }

  BigDecimal cumQty() {
    return qty(filledLots);
  }

  BigDecimal qty(long count) {
    return instrument.lotSize().multiply(BigDecimal.valueOf(count));
  }

  /** Whole lots in a displayed volume; a hair of rounding does not cost a lot. */
  long wholeLots(double volume) {
    return (long) Math.floor(volume / instrument.lotSize().doubleValue() + 1e-6);
  }
}
