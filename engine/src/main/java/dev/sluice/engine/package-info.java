/** A paper-trading market maker: publishes what it does, obeys the control topic. */
package dev.sluice.engine;
