/** Proves that datasets are whole, and writes and checks their manifests. */
package dev.sluice.cli.verify;
