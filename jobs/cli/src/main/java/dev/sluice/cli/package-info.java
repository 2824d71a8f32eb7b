/** The command line {@code sluice}: one class per command; the exit code is the result. */
package dev.sluice.cli;
