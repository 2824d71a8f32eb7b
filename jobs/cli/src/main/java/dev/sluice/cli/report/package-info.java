// SPDX-License-Identifier: Apache-2.0

/**
 * Reports of a span of event time: sections declared in {@code sections/*.yaml} as SQL over the
 * datasets as they were known at the end of the span, told as JSON, Markdown and one HTML page.
 */
package dev.sluice.cli.report;
