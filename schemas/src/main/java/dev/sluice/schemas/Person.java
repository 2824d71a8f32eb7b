// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Who asked, and why; both are mandatory. */
public record Person(String commandId, String who, String why) {}
