/** The demo: broker, judge and engine together play a scenario, and the outcome is reckoned up. */
package dev.sluice.cli.demo;
