/** The audit log as a person reads and proves it. */
package dev.sluice.cli.audit;
