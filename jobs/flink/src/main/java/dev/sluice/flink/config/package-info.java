/**
 * Strict typed configuration of the jobs: records with the default beside each field, read from
 * YAML.
 */
package dev.sluice.flink.config;
