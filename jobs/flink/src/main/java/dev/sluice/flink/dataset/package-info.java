/** The archive: every event and judgement as rows of typed datasets. */
package dev.sluice.flink.dataset;
