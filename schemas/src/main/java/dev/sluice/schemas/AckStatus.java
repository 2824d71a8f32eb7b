// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What an engine says of a control record. */
public enum AckStatus {
  RECEIVED,
  EFFECTIVE,
  REJECTED
}
