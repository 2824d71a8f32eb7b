// SPDX-License-Identifier: Apache-2.0

/** Pages of HTML that need nothing but themselves. */
package dev.sluice.cli.page;
