/**
 * From outcomes to phases: hold, recovery, missing data, escalation, latches. Pure; time is an
 * argument.
 */
package dev.sluice.rules.guard;
