/** Scenarios and what they inject; pure values of event time. */
package dev.sluice.engine.fault;
