// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.sluice.schemas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SchemasArchitectureTest {
  @ArchTest
  static final ArchRule importsNothingButTheJdkAndJackson =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.sluice.schemas..", "java..", "javax.crypto..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule usesJacksonBeyondAnnotationsInTheCodecOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.schemas.codec")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.fasterxml.jackson.core..",
              "com.fasterxml.jackson.databind..",
              "dev.sluice.schemas.codec");
}
