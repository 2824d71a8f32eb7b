// SPDX-License-Identifier: Apache-2.0
/**
 * The notebooks over the datasets: their Java kernel, Jupyter, and running one without a browser.
 */
package dev.sluice.cli.notebook;
