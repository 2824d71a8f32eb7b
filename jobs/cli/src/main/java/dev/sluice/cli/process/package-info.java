/** Processes that the command line starts, asks and ends. */
package dev.sluice.cli.process;
