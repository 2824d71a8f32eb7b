package dev.sluice.rules.bucket;

/** The numbered streams of an engine; the first three are declared by its heartbeats. */
public enum EngineStream {
  TICKS,
  ORDERS,
  FILLS,
  HEALTH;

  private static final EngineStream[] ALL = values();

  /** The stream with this ordinal. */
  public static EngineStream of(int ordinal) {
    return ALL[ordinal];
  }

  public static int count() {
    return ALL.length;
  }
}
