/** Reading the components of records fast: accessors compiled once, no reflection per event. */
package dev.sluice.flink.record;
