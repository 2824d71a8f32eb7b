// SPDX-License-Identifier: Apache-2.0
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the Java kernel as its own main class does, without two races of its version 2.3.0 (and 3.0.1) that
 * leave it deaf on a busy machine. It binds its sockets before it has a table of handlers, and a request that
 * comes in between ends the thread of its channel: with an empty table from the beginning the request is
 * passed over, and Jupyter asks again. And a channel's thread that runs before it is marked as running ends at
 * once: such a thread is run again, now that it is marked.
 */
public final class KernelStart {
  private static final long ENDS_WITHIN_MS = 100;

  private KernelStart() {}

  /** Serves the connection file given as the only argument until Jupyter asks to shut down. */
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    String connection = Files.readString(Path.of(arguments[0]));
    Channels channels = new Channels(Transform.fromJson(connection, ConnectionProperties.class));
    field(Channels.class, "handlers").set(channels, new ConcurrentHashMap<>());
    channels.connect(MainApp.kernel);
    for (String name : List.of("heartbeat", "shell", "control")) {
      Object channel = field(Channels.class, name).get(channels);
      Thread loop = (Thread) field(channel.getClass(), "loopThread").get(channel);
      loop.join(ENDS_WITHIN_MS);
      if (!loop.isAlive()) {
        new Thread(loop, loop.getName()).start();
      }
    }
    channels.joinUntilClose();
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
