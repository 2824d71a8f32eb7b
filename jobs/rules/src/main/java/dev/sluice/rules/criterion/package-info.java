/**
 * One criterion against one window: PASS, BREACH or NO_DATA with its numbers and its reason. Pure.
 */
package dev.sluice.rules.criterion;
