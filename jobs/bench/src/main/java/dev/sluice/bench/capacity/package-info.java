// SPDX-License-Identifier: Apache-2.0
/** What a number of engines needs: arithmetic from measured constants, nothing is run. */
package dev.sluice.bench.capacity;
