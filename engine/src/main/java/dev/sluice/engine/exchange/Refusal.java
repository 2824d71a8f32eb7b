// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

/** A request the venue does not do, and why: the HTTP status, what, and how to mend it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int TOO_LARGE = 413;
  static final int UNSUPPORTED_TYPE = 415;
  static final int UNPROCESSABLE = 422;
  static final int UNAVAILABLE = 503;
  static final int TIMEOUT = 504;

  private final int status;
  private final String hint;

  Refusal(int status, String error, String hint) {
    super(error, null, false, false);
    this.status = status;
    this.hint = hint;
  }

  int status() {
    return status;
  }

  Wire.ErrorView view() {
    return new Wire.ErrorView(getMessage(), hint);
  }

  static Refusal unknownOrder(String clientOrderId) {
    return new Refusal(
        NOT_FOUND,
        Wire.UNKNOWN_ORDER,
        "no order " + clientOrderId + " has reached this venue process");
  }

  static Refusal duplicate(String clientOrderId) {
    return new Refusal(
        CONFLICT,
        "duplicate client order id",
        "GET /orders/" + clientOrderId + " says what became of it; a new order needs a new id");
  }

  static Refusal noAnswer() {
    return new Refusal(
        TIMEOUT, "the venue has not answered in time", "ask for the order by its client order id");
  }

  static Refusal closed() {
    return new Refusal(UNAVAILABLE, "the venue is closing", "try again when it is back");
  }
}
