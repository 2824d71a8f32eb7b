// SPDX-License-Identifier: Apache-2.0
/**
 * Puts what engines and venues say of one engine in an order that does not depend on arrival, and
 * tells how far all of it has been said.
 */
package dev.sluice.rules.sequence;
