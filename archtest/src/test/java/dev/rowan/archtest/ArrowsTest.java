package dev.rowan.archtest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which module may use which: the arrows of ARCHITECTURE.md. */
final class ArrowsTest {

  private static final JavaClasses ROWAN = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.rowan");

  /** For each module the modules it may use, besides core. */
  private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.of(
      "tensor", Set.of(),
      "model", Set.of("tensor"),
      "engine", Set.of("model", "tensor"),
      "policy", Set.of("engine", "model", "tensor"),
      "verify", Set.of(),
      "reward", Set.of("policy", "engine", "model", "tensor"),
      "search", Set.of("reward", "verify", "policy"),
      "data", Set.of("search", "reward", "verify", "policy"),
      "train", Set.of("reward", "verify", "policy", "engine", "model", "tensor"),
      "eval", Set.of("data", "search", "reward", "verify", "policy")));

  @TestFactory
  Stream<DynamicTest> modulesUseOnlyWhatStandsBelowThem() {
    return ARROWS.entrySet().stream()
        .map(arrow -> DynamicTest.dynamicTest(
            arrow.getKey() + " uses only " + new TreeSet<>(arrow.getValue()),
            () -> allow(arrow.getKey(), arrow.getValue())));
  }

  private static void allow(String module, Set<String> below) {
    String[] allowed = Stream.concat(Stream.of(module, "core"), below.stream())
        .map(ArrowsTest::packages)
        .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packages(module))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.rowan..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true)
        .check(ROWAN);
  }

  @Test
  void berryNeverUsesWhatServes() {
    noClasses()
        .that()
        .resideInAPackage(packages("berry"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages("cli"), packages("server"))
        .allowEmptyShould(true)
        .check(ROWAN);
  }

  @Test
  void coreUsesNothingButTheJdkAndTheNullnessAnnotations() {
    classes()
        .that()
        .resideInAPackage(packages("core"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.rowan.core..", "java..", "org.jspecify..")
        .check(ROWAN);
  }

  @Test
  void onlyTheTensorModuleNamesLibtorch() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages("tensor"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(ROWAN);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("dev.rowan.(**)").should().beFreeOfCycles().check(ROWAN);
  }

  private static String packages(String module) {
    return "dev.rowan." + module + "..";
  }
}
