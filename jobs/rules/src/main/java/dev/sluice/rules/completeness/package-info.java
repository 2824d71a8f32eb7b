/**
 * Are the datasets whole? Pure judgement of counts that others have taken: nothing here reads a
 * file.
 */
package dev.sluice.rules.completeness;
