/** The order journal in a SQLite file: an edge of the engine. */
package dev.sluice.engine.journal;
