// SPDX-License-Identifier: Apache-2.0
/**
 * Raw records of orders, fills, health, ledgers and drop copies to the events of each engine in
 * their order, with words of time.
 */
package dev.sluice.flink.sequence;
