package dev.sluice.schemas;

/** Arm of a trial. */
public enum Arm {
  A,
  B
}
