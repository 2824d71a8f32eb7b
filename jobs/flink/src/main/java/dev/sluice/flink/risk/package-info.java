/** Portfolio risk as a topology: what moves risk, closed buckets and commands in, verdicts out. */
package dev.sluice.flink.risk;
