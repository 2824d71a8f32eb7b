// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The fields of one Binance message, read by streaming and reused from line to line. Knows the
 * combined-stream envelope, bare messages and the answer of the REST depth call.
 */
final class CaptureMessage {
  static final long ABSENT = Long.MIN_VALUE;

  private static final JsonFactory FACTORY = new JsonFactory();

  String stream;
  String event;
  String symbol;
  boolean orderKind;
  boolean buyerIsMaker;
  boolean buyerIsMakerSeen;
  long eventTime;
  long transactionTime;
  long firstUpdateId;
  long lastUpdateId;
  long previousUpdateId;
  long snapshotId;
  long tradeId;
  double price;
  double size;
  double bid;
  double bidSize;
  double ask;
  double askSize;
  final CaptureLevels bids = new CaptureLevels();
  final CaptureLevels asks = new CaptureLevels();
  boolean bidsSeen;
  boolean asksSeen;

  /**
   * Reads one message.
   *
   * @throws IOException when the bytes are not one JSON object with the expected types
   */
  void read(byte[] bytes, int from, int length) throws IOException {
    clear();
    try (JsonParser parser = FACTORY.createParser(bytes, from, length)) {
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      readFields(parser, true);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one JSON value");
      }
    }
  }

  private void clear() {
    stream = null;
    event = null;
    symbol = null;
    orderKind = false;
    buyerIsMakerSeen = false;
    eventTime = ABSENT;
    transactionTime = ABSENT;
    firstUpdateId = ABSENT;
    lastUpdateId = ABSENT;
    previousUpdateId = ABSENT;
    snapshotId = ABSENT;
    tradeId = ABSENT;
    price = Double.NaN;
    size = Double.NaN;
    bid = Double.NaN;
    bidSize = Double.NaN;
    ask = Double.NaN;
    askSize = Double.NaN;
    bids.clear();
    asks.clear();
    bidsSeen = false;
    asksSeen = false;
  }

  private void readFields(JsonParser parser, boolean envelope) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (envelope && name.equals("data")) {
        expect(parser, value, JsonToken.START_OBJECT);
        readFields(parser, false);
      } else {
        readField(parser, name, value);
      }
    }
  }

  private void readField(JsonParser parser, String name, JsonToken value) throws IOException {
    switch (name) {
      case "stream" -> stream = text(parser, value);
      case "e" -> event = text(parser, value);
      case "s" -> symbol = text(parser, value);
      case "E" -> eventTime = integer(parser, value);
      case "T" -> transactionTime = integer(parser, value);
      case "U" -> firstUpdateId = integer(parser, value);
      case "u" -> lastUpdateId = integer(parser, value);
      case "pu" -> previousUpdateId = integer(parser, value);
      case "lastUpdateId" -> snapshotId = integer(parser, value);
      case "t" -> tradeId = integer(parser, value);
      case "p" -> price = decimal(parser, value);
      case "q" -> size = decimal(parser, value);
      case "B" -> bidSize = decimal(parser, value);
      case "A" -> askSize = decimal(parser, value);
      case "m" -> {
        buyerIsMaker = value == JsonToken.VALUE_TRUE;
        buyerIsMakerSeen = buyerIsMaker || value == JsonToken.VALUE_FALSE;
      }
      case "X" -> orderKind = true;
      case "b", "bids" -> {
        if (value == JsonToken.START_ARRAY) {
          bidsSeen = true;
          readLevels(parser, bids);
        } else {
          bid = decimal(parser, value);
        }
      }
      case "a", "asks" -> {
        if (value == JsonToken.START_ARRAY) {
          asksSeen = true;
          readLevels(parser, asks);
        } else {
          ask = decimal(parser, value);
        }
      }
      default -> parser.skipChildren();
    }
  }

  private static void readLevels(JsonParser parser, CaptureLevels levels) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
      double levelPrice = decimal(parser, parser.nextToken());
      double levelSize = decimal(parser, parser.nextToken());
      if (!(levelPrice > 0 && levelSize >= 0)) {
        throw new JsonParseException(parser, "impossible price or size of a level");
      }
      levels.add(levelPrice, levelSize);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
      }
    }
  }

  private static String text(JsonParser parser, JsonToken value) throws IOException {
    expect(parser, value, JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static long integer(JsonParser parser, JsonToken value) throws IOException {
    expect(parser, value, JsonToken.VALUE_NUMBER_INT);
    return parser.getLongValue();
  }

  private static double decimal(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING && (value == null || !value.isNumeric())) {
      throw new JsonParseException(parser, "expected a decimal at " + parser.currentName());
    }
    try {
      return Decimals.parse(
          parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } catch (NumberFormatException e) {
      throw new JsonParseException(parser, "not a number at " + parser.currentName(), e);
    }
  }

  private static void expect(JsonParser parser, JsonToken found, JsonToken wanted)
      throws IOException {
    if (found != wanted) {
      throw new JsonParseException(
          parser, "expected " + wanted + " at " + parser.currentName() + ", found " + found);
    }
  }
}
