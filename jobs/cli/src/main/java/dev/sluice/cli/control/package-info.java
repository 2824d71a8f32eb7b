/** The operator's desk: state of the engines, and commands that wait for their effect. */
package dev.sluice.cli.control;
