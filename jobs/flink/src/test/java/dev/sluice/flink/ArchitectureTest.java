// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The dependency rules of the jobs: topologies know streams, io knows connectors, app knows both.
 */
@AnalyzeClasses(packages = "dev.sluice.flink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] TOPOLOGIES = {
    "dev.sluice.flink.bucket..",
    "dev.sluice.flink.stop..",
    "dev.sluice.flink.sequence..",
    "dev.sluice.flink.integrity..",
    "dev.sluice.flink.reconcile..",
    "dev.sluice.flink.parity..",
    "dev.sluice.flink.risk..",
    "dev.sluice.flink.trial..",
    "dev.sluice.flink.calibration..",
    "dev.sluice.flink.gate..",
    "dev.sluice.flink.command..",
    "dev.sluice.flink.dataset..",
    "dev.sluice.flink.risk.."
  };

  @ArchTest
  static final ArchRule TOPOLOGIES_KNOW_NO_CONNECTOR_FILE_OR_MAIN =
      noClasses()
          .that()
          .resideInAnyPackage(TOPOLOGIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.flink.io..",
              "dev.sluice.flink.app..",
              "dev.sluice.flink.config..",
              "org.apache.flink.connector..",
              "org.apache.flink.formats..",
              "org.apache.kafka..",
              "org.apache.parquet..",
              "org.apache.hadoop..",
              "java.nio.file..",
              "java.net..");

  @ArchTest
  static final ArchRule EDGES_KNOW_NO_RULE_AND_NO_TOPOLOGY =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.flink.io..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.rules..",
              "dev.sluice.flink.app..",
              "dev.sluice.flink.config..",
              "dev.sluice.flink.bucket..",
              "dev.sluice.flink.stop..",
              "dev.sluice.flink.sequence..",
              "dev.sluice.flink.integrity..",
              "dev.sluice.flink.reconcile..",
              "dev.sluice.flink.parity..",
              "dev.sluice.flink.risk..",
              "dev.sluice.flink.trial..",
              "dev.sluice.flink.calibration..",
              "dev.sluice.flink.gate..",
              "dev.sluice.flink.command..",
              "dev.sluice.flink.dataset..",
              "dev.sluice.flink.risk..");

  @ArchTest
  static final ArchRule ONLY_EDGES_KNOW_KAFKA_AND_PARQUET =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sluice.flink.io..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.parquet..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule NOBODY_BUT_MAINS_KNOWS_MAINS =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sluice.flink.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sluice.flink.app..");

  @ArchTest
  static final ArchRule JOBS_KNOW_NEITHER_ENGINE_NOR_COMMAND_LINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.engine..", "dev.sluice.cli..", "dev.sluice.bench..");

  @ArchTest
  static final ArchRule JUDGES_READ_NO_WALL_CLOCK_BUT_FLINKS =
      noClasses()
          .that()
          .resideInAnyPackage(TOPOLOGIES)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
