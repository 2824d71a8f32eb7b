// SPDX-License-Identifier: Apache-2.0
/**
 * Telling people: episodes from verdicts and decisions, by channels, with receipts. {@link
 * dev.sluice.cli.notify.EpisodeTracker} decides what is said, {@link
 * dev.sluice.cli.notify.Switchboard} to whom, a {@link dev.sluice.cli.notify.ChannelWorker} keeps
 * trying, and {@link dev.sluice.cli.notify.Notifier} reads the topics.
 */
package dev.sluice.cli.notify;
