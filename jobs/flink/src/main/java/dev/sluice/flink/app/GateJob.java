// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.gate.GateTopology;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Verdicts, acknowledgements and commands to control records, leases and the audit log. */
public final class GateJob {
  private GateJob() {}

  public static void main(String[] arguments) throws Exception {
    JobMain.run("sluice-gate", arguments, GateJob::define);
  }

  /** Adds the job to an environment. */
  public static void define(StreamExecutionEnvironment env, SluiceConfig config) {
    JobEnvironment.apply(env, config);
    var kafka = new KafkaEdges(env, config, "gate");
    var verdicts = kafka.messages(Topics.VERDICTS, Verdict.class);
    var acks = kafka.messages(Topics.ACKS, Ack.class);
    var commands = kafka.commands();
    var gate =
        GateTopology.build(
            verdicts.records(),
            acks.records(),
            commands.records(),
            config.gate(),
            config.roster(),
            config.rolloutPolicy());
    kafka.signedSink(gate.control(), Topics.CONTROL, Control::engineId);
    kafka.signedSink(gate.leases(), Topics.LEASES, Lease::engineId);
    kafka.sink(gate.verdicts(), Topics.VERDICTS, Verdict::engineId);
    kafka.sink(gate.audits(), Topics.AUDIT_LOG, AuditEntry::engineId);
    var unreadable = verdicts.deadLetters().union(acks.deadLetters(), commands.deadLetters());
    kafka.sink(unreadable, Topics.DEADLETTERS, DeadLetter::topic);
  }
}
