/** Where trials stand, and their page with plots. */
package dev.sluice.cli.trial;
