// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.process;

/** Something that is also done when this JVM ends in any orderly way, until this is closed. */
public final class ShutdownHook implements AutoCloseable {
  private final Thread hook;

  /** From now on {@code end} is run, in a thread of that name, when the JVM goes down. */
  public ShutdownHook(String name, Runnable end) {
    hook = new Thread(end, name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** No longer. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the JVM is going down: the hook is running, or this is it
    }
  }
}
