// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** What judgement may know: values and a given time. The table is in docs/architecture.md. */
@AnalyzeClasses(packages = "dev.sluice.rules", importOptions = ImportOption.DoNotIncludeTests.class)
class RulesArchitectureTest {

  @ArchTest
  static final ArchRule onlySchemasHistogramsDistributionsAndTheJdk =
      noClasses()
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are neither ours, HdrHistogram, the JDK's (nor Jackson's within spec, nor"
                      + " distributions within trial)",
                  RulesArchitectureTest::foreign));

  @ArchTest
  static final ArchRule yamlOnlyInSpec =
      noClasses()
          .that()
          .resideOutsideOfPackage("..rules.spec")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule distributionsOnlyInTrial =
      noClasses()
          .that()
          .resideOutsideOfPackage("..rules.trial")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.commons.statistics..");

  @ArchTest
  static final ArchRule noFilesNoNetwork =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
          .orShould()
          .dependOnClassesThat(
              DescribedPredicate.describe("read or write", RulesArchitectureTest::readsOrWrites));

  @ArchTest
  static final ArchRule noThreadsNoRandomness =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent..", "org.slf4j..", "java.util.logging..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, Random.class, Clock.class, Runtime.class);

  @ArchTest
  static final ArchRule noSystemClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule packagesHaveOneDirection =
      slices().matching("dev.sluice.rules.(*)..").should().beFreeOfCycles();

  private static boolean foreign(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    String name = element.getPackageName();
    return !element.isPrimitive()
        && !name.startsWith("java.")
        && !name.startsWith("dev.sluice.rules")
        && !name.startsWith("dev.sluice.schemas")
        && !name.startsWith("org.HdrHistogram")
        && !name.startsWith("com.fasterxml.jackson")
        && !name.startsWith("org.apache.commons.statistics.distribution");
  }

  /**
   * Of java.io only what makes a value serializable, and the exception a parser of texts declares.
   */
  private static boolean readsOrWrites(JavaClass type) {
    return type.getPackageName().equals("java.io")
        && !type.getSimpleName().equals("Serializable")
        && !type.getSimpleName().equals("IOException");
  }
}
