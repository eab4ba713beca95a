package dev.rowan.archtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of CODE_STYLE.md that class files show. */
final class StyleTest {

  private static final JavaClasses ROWAN = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.rowan");

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Utils?|Impl|Helper|Manager))")
        .check(ROWAN);
  }

  @Test
  void onlyTheCommandLineWritesToTheTerminal() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.rowan.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(ROWAN);
  }

  @Test
  void loggingGoesThroughSlf4j() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(ROWAN);
  }

  @Test
  void exceptionsHaveATypeThatSaysWhatWentWrong() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(ROWAN);
  }

  @Test
  void noStaticFieldCanBeReassigned() {
    fields().that().areStatic().should().beFinal().check(ROWAN);
  }
}
