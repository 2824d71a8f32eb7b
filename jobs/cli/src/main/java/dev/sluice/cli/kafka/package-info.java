/** Reading topics from the outside: status, acks, progress. */
package dev.sluice.cli.kafka;
