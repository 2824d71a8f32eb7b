// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports on loopback that processes keep when they are started again.
 *
 * @param broker of Kafka's clients
 * @param zookeeper of ZooKeeper's clients
 * @param rest of the JobManager's REST and web UI
 * @param rpc by which TaskManagers reach the JobManager
 * @param blob from which they fetch jars
 */
public record ClusterPorts(int broker, int zookeeper, int rest, int rpc, int blob) {
  /** Free ports where the options leave it open. */
  static ClusterPorts of(ClusterOptions options) {
    List<Integer> free = free(5);
    return new ClusterPorts(
        options.brokerPort() == 0 ? free.get(0) : options.brokerPort(),
        free.get(1),
        options.restPort() == 0 ? free.get(2) : options.restPort(),
        free.get(3),
        free.get(4));
  }

  /** Ports nobody listens on now, all different. */
  private static List<Integer> free(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    } finally {
      sockets.forEach(ClusterPorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
