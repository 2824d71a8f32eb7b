/** The engine's process: command line, pacing, state on disk. The only place with a wall clock. */
package dev.sluice.engine.app;
