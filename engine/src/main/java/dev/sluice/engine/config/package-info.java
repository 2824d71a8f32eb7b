/** Strict typed configuration of the engine. */
package dev.sluice.engine.config;
