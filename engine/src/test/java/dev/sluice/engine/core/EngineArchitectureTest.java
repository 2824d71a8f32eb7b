// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The engine's core and what it decides with know no edge: no Kafka, file, database, thread or wall
 * clock.
 */
@AnalyzeClasses(packages = "dev.sluice.engine", importOptions = DoNotIncludeTests.class)
class EngineArchitectureTest {
  private static final String[] PURE = {
    "dev.sluice.engine.core..",
    "dev.sluice.engine.sim..",
    "dev.sluice.engine.venue..",
    "dev.sluice.engine.gate",
  };

  @ArchTest
  static final ArchRule coreKnowsNoLibraryAndNoEdge =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "com.fasterxml..",
              "org.slf4j..",
              "picocli..",
              "java.io..",
              "java.nio..",
              "java.net..",
              "java.sql..",
              "javax.sql..",
              "org.sqlite..",
              "java.util.concurrent..",
              "dev.sluice.engine.app..",
              "dev.sluice.engine.kafka..",
              "dev.sluice.engine.journal..",
              "dev.sluice.engine.gate.edge..");

  @ArchTest
  static final ArchRule onlyTheJournalKnowsTheDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.engine.journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule coreHasNoClockNoThreadAndNoChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule engineNeverImportsTheJobs =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink..", "dev.sluice.rules..", "dev.sluice.flink..", "dev.sluice.cli..");

  @ArchTest
  static final ArchRule onlyTheAppAssembles =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.engine.app..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sluice.engine.app..");
}
