// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

/**
 * What a process of the cluster is.
 *
 * @param kind what it does
 * @param number from 1, of TaskManagers; 0 of everything there is one of
 */
public record Role(Kind kind, int number) {
  /** Kinds of processes. */
  public enum Kind {
    /** Kafka. */
    BROKER,
    /** Where a JobManager that is started again finds its jobs. */
    ZOOKEEPER,
    /** Flink's master, with REST and web UI. */
    JOBMANAGER,
    /** Flink's workers. */
    TASKMANAGER
  }

  public static final Role BROKER = new Role(Kind.BROKER, 0);
  public static final Role ZOOKEEPER = new Role(Kind.ZOOKEEPER, 0);
  public static final Role JOBMANAGER = new Role(Kind.JOBMANAGER, 0);

  public Role {
    if ((kind == Kind.TASKMANAGER) != (number > 0)) {
      throw new IllegalArgumentException(kind + " with number " + number);
    }
  }

  /** The TaskManager of that number, from 1. */
  public static Role taskManager(int number) {
    return new Role(Kind.TASKMANAGER, number);
  }

  /** The role of that name. */
  public static Role named(String name) {
    int dash = name.indexOf('-');
    return dash < 0
        ? new Role(Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT)), 0)
        : taskManager(Integer.parseInt(name.substring(dash + 1)));
  }

  /** Such as {@code broker} or {@code taskmanager-1}: in files and on screens. */
  public String fileName() {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT);
    return number == 0 ? name : name + "-" + number;
  }

  /** How Flink names a TaskManager: {@code tm-1}, also when it is started again. */
  public String resourceId() {
    return "tm-" + number;
  }

  @Override
  public String toString() {
    return fileName();
  }
}
