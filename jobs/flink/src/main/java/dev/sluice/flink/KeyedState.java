// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import org.apache.flink.util.FlinkRuntimeException;

/**
 * Access to keyed state for code that knows no checked exceptions. A state backend that fails ends
 * the task with {@link FlinkRuntimeException}; the job restarts from its checkpoint.
 */
public final class KeyedState {
  private KeyedState() {}

  /** Reads something. */
  @FunctionalInterface
  public interface Access<T> {
    T run() throws Exception;
  }

  /** Changes something. */
  @FunctionalInterface
  public interface Change {
    void run() throws Exception;
  }

  /** What is read. */
  public static <T> T access(Access<T> access) {
    try {
      return access.run();
    } catch (Exception e) {
      throw new FlinkRuntimeException("keyed state failed", e);
    }
  }

  /** Does the change. */
  public static void change(Change change) {
    access(
        () -> {
          change.run();
          return null;
        });
  }
}
