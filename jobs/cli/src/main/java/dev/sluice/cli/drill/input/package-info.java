/** Faults of the input: what is on the topics is wrong, late, double, too much or missing. */
package dev.sluice.cli.drill.input;
