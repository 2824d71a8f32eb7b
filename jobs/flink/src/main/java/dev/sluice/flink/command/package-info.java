/** What people ask, on its way to the judges. */
package dev.sluice.flink.command;
