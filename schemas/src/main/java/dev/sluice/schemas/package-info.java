/**
 * The words: flat public records with units in their names, shared by engines and jobs. Times are
 * epoch microseconds UTC ({@code …Us}), durations milliseconds ({@code …Ms}), s = +1 buy / -1 sell,
 * a cost is positive, fractions are 0..1.
 */
package dev.sluice.schemas;
