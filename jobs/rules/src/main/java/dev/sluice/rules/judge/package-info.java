/**
 * All criteria of one engine over its buckets, heartbeats and commands. No clock; its memory is a
 * port.
 */
package dev.sluice.rules.judge;
