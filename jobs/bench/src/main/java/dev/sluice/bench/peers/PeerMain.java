// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process of one peer: passes to warm up, passes that are measured, and a file with what it
 * said and what it cost. Arguments: class of the peer, broker, ticks, start of the first bucket,
 * buckets, engines, configuration file, passes to warm up, passes to measure, directory, result
 * file. The exit code is 1 when it fails.
 */
public final class PeerMain {
  private PeerMain() {}

  public static void main(String[] arguments) {
    int code = 0;
    try {
      Peer peer = (Peer) Class.forName(arguments[0]).getConstructor().newInstance();
      Task task =
          new Task(
              arguments[1],
              Long.parseLong(arguments[2]),
              Long.parseLong(arguments[3]),
              Long.parseLong(arguments[4]),
              Integer.parseInt(arguments[5]),
              Path.of(arguments[6]),
              Path.of(arguments[9]));
      run(
          peer,
          task,
          Integer.parseInt(arguments[7]),
          Integer.parseInt(arguments[8]),
          Path.of(arguments[10]));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      code = 1;
    }
    System.exit(code); // some peers leave threads behind
  }

  private static void run(Peer peer, Task task, int warmUps, int passes, Path file)
      throws Exception {
    PeerResult result = PeerResult.none();
    for (int pass = 0; pass < warmUps + passes; pass++) {
      Path directory = Files.createDirectories(task.directory().resolve("pass-" + pass));
      Answers answers = new Answers(task.in(directory));
      peer.pass(task.in(directory), answers);
      Map<String, Answer> said = answers.all();
      String difference = pass == 0 ? null : PeerResult.difference(result.answers(), said);
      if (difference != null) {
        throw new IllegalStateException("pass " + pass + " says otherwise: " + difference);
      }
      result = result.with(said, pass < warmUps ? null : answers.cost());
    }
    result.withPeakRss().write(file);
  }
}
