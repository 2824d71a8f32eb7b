/**
 * Criteria as people write them: the typed specification and its strict YAML reader. The only
 * package of rules that knows YAML.
 */
package dev.sluice.rules.spec;
