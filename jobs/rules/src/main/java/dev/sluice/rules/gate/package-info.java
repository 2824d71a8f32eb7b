/**
 * The gate: verdicts, commands and acknowledgements in, one desired state per engine out. Pure:
 * start reading at {@link dev.sluice.rules.gate.Gate}.
 */
package dev.sluice.rules.gate;
