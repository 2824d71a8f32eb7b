/** Whether data is ready to calibrate with: reading or backfilling the intervals, and the words. */
package dev.sluice.cli.calibrate;
