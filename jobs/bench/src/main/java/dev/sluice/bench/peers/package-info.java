// SPDX-License-Identifier: Apache-2.0
/**
 * One question about the same topic, answered by several stream processors, each in a process of
 * its own: what is asked ({@link dev.sluice.bench.peers.Question}), who answers ({@link
 * dev.sluice.bench.peers.Peer}), and what is measured meanwhile ({@link
 * dev.sluice.bench.peers.Answers}). Nothing here but the peers themselves needs more than the JDK
 * and {@code sluice-rules}, so that it runs on any peer's class path.
 */
package dev.sluice.bench.peers;
