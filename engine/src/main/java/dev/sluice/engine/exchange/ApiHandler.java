// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Wire.OrderRequest;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** The REST half: reads a request, asks the desk, writes its answer as JSON. */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final String JSON = "application/json";
  private static final String ORDER_PATH = "/orders/";
  private static final Pattern ORDER_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int MAX_DIGITS = 38;
  private static final int MAX_DECIMAL_PLACES = 18;
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int SERVER_ERROR = 500;

  private final VenueDesk desk;
  private final VenueSettings settings;

  ApiHandler(VenueDesk desk, VenueSettings settings) {
    this.desk = desk;
    this.settings = settings;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    CompletableFuture<?> answer;
    boolean creates = request.getMethod().equals("POST");
    try {
      answer = route(request);
    } catch (Refusal e) {
      answer = CompletableFuture.failedFuture(e);
    }
    answer
        .orTimeout(settings.requestTimeoutMs(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (value, problem) -> {
              if (problem == null) {
                write(response, callback, creates ? CREATED : OK, value);
              } else {
                Refusal refusal = refusal(problem);
                write(response, callback, refusal.status(), refusal.view());
              }
            },
            getServer().getThreadPool());
    return true;
  }

  private CompletableFuture<?> route(Request request) {
    String path = Request.getPathInContext(request);
    String method = request.getMethod();
    if (path.startsWith(ORDER_PATH)) {
      return order(method, path.substring(ORDER_PATH.length()));
    }
    if (path.equals("/orders")) {
      return switch (method) {
        case "GET" -> desk.openOrders();
        case "POST" -> submit(request);
        default -> throw notAllowed(method, "GET and POST");
      };
    }
    Map<String, Supplier<CompletableFuture<?>>> views =
        Map.of("/account", desk::account, "/time", desk::time, "/healthz", desk::health);
    Supplier<CompletableFuture<?>> view = views.get(path);
    if (view == null) {
      throw new Refusal(
          Refusal.NOT_FOUND,
          "no such path",
          "there are /orders, /orders/{client_order_id}, /account, /time, /healthz and /stream");
    }
    if (!method.equals("GET")) {
      throw notAllowed(method, "GET");
    }
    return view.get();
  }

  private CompletableFuture<?> order(String method, String clientOrderId) {
    checkId(clientOrderId);
    return switch (method) {
      case "GET" -> desk.status(clientOrderId);
      case "DELETE" -> desk.cancel(clientOrderId);
      default -> throw notAllowed(method, "GET and DELETE");
    };
  }

  private CompletableFuture<?> submit(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !type.startsWith(JSON)) {
      throw new Refusal(
          Refusal.UNSUPPORTED_TYPE, "the body must be JSON", "send Content-Type: " + JSON);
    }
    if (request.getLength() > settings.maxBodyBytes()) {
      throw tooLarge();
    }
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(
        request, settings.maxBodyBytes(), Promise.Invocable.toPromise(read));
    return read.handle(
            (body, problem) -> {
              if (problem != null) {
                throw tooLarge();
              }
              return desk.submit(read(body).order());
            })
        .thenCompose(answer -> answer);
  }

  private static OrderRequest read(byte[] body) {
    try {
      OrderRequest order = Json.read(body, OrderRequest.class);
      checkId(order.clientOrderId());
      checkAmount("price", order.price());
      checkAmount("qty", order.qty());
      return order;
    } catch (MalformedException e) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          e.getMessage(),
          "client_order_id, symbol, side (BUY, SELL), type (LIMIT, POST_ONLY, MARKET), qty and,"
              + " unless MARKET, price; amounts as strings");
    }
  }

  /** As the datasets keep them, DECIMAL(38,18); a huge exponent would cost the venue its breath. */
  private static void checkAmount(String name, BigDecimal amount) {
    boolean fits =
        amount == null
            || (amount.precision() <= MAX_DIGITS
                && Math.abs((long) amount.scale()) <= MAX_DECIMAL_PLACES);
    if (!fits) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          name + " has too many digits",
          "at most " + MAX_DIGITS + " digits, " + MAX_DECIMAL_PLACES + " of them decimal places");
    }
  }

  private static void checkId(String clientOrderId) {
    if (!ORDER_ID.matcher(clientOrderId).matches()) {
      throw new Refusal(
          Refusal.BAD_REQUEST,
          "client_order_id cannot be taken",
          "1 to 64 of letters, digits and . _ : -");
    }
  }

  private Refusal tooLarge() {
    return new Refusal(
        Refusal.TOO_LARGE,
        "the body is too long",
        "at most " + settings.maxBodyBytes() + " bytes are read");
  }

  private static Refusal notAllowed(String method, String allowed) {
    return new Refusal(
        Refusal.METHOD_NOT_ALLOWED, method + " is not allowed here", "use " + allowed);
  }

  private static Refusal refusal(Throwable problem) {
    Throwable cause = problem;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof TimeoutException) {
      return Refusal.noAnswer();
    }
    return new Refusal(SERVER_ERROR, cause.toString(), "see the venue's log");
  }

  private static void write(Response response, Callback callback, int status, Object body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    response.write(true, ByteBuffer.wrap(Json.write(body)), callback);
  }
}
