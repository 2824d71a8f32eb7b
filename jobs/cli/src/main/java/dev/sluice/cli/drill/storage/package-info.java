/** Faults of the storage: checkpoints that cannot be written, disks that are full or slow. */
package dev.sluice.cli.drill.storage;
