/** A Flink cluster in this JVM. */
package dev.sluice.cli.flink;
