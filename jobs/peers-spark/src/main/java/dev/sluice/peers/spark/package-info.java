// SPDX-License-Identifier: Apache-2.0
/** Spark Structured Streaming as a peer: apart from the others, as its class path is its own. */
package dev.sluice.peers.spark;
