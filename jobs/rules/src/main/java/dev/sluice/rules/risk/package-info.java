/**
 * Portfolio risk: positions, marks and equity of all engines together, judged on each message as it
 * arrives. Why it is as it is: decision 19.
 */
package dev.sluice.rules.risk;
