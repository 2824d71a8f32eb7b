/** Feature flags of a fleet: written down, compared, and put back through control. */
package dev.sluice.cli.flags;
