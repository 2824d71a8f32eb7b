// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes bytes to a server and back. Told to lose answers, it passes requests on and cuts the line
 * when the answer comes.
 */
final class LossyProxy implements AutoCloseable {
  private static final Pattern REQUEST = Pattern.compile("([A-Z]+ /[^? ]*)[^ ]* HTTP/1\\.1\\r\\n");

  private final ServerSocket listening;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int target;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  volatile boolean losesAnswers;

  LossyProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** Method and path, without the query, of every request that went through. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void note(byte[] bytes, int count) {
    Matcher request = REQUEST.matcher(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
    while (request.find()) {
      requests.add(request.group(1));
    }
  }

  /** Sends new connections elsewhere. */
  void redirect(int port) {
    target = port;
  }

  /** Cuts every line. */
  void cut() {
    for (Socket socket : sockets) {
      close(socket);
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket inward = listening.accept();
        sockets.add(inward);
        try {
          Socket outward = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(outward);
          daemon(() -> pass(inward, outward, false));
          daemon(() -> pass(outward, inward, true));
        } catch (IOException e) {
          close(inward);
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (answers && losesAnswers) {
          break;
        }
        if (!answers) {
          note(buffer, n);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Cut.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
