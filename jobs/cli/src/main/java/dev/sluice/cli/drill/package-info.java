/** Drills: a fault made for real in a run whose outcome is known, and what must hold after it. */
package dev.sluice.cli.drill;
