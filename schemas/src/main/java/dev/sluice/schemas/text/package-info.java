// SPDX-License-Identifier: Apache-2.0
/** Words that people write in configuration: durations, and the nearest known word to a typo. */
package dev.sluice.schemas.text;
