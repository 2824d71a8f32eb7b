/**
 * Signatures of control records and leases: keys, files of keys, and what a signature covers. Uses
 * the JDK's own cryptography.
 */
package dev.sluice.schemas.signature;
