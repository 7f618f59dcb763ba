package io.tillwatch.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The rules are pure Java, know no clock but the one they are given, and depend on each other in one direction. */
@AnalyzeClasses(packages = "io.tillwatch.rules", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule restsOnTheJavaLibraryAlone = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                    "io.tillwatch.rules..", "java.lang..", "java.util..", "java.time..", "java.math..")))
            .because("no framework, no broker, no database: the rules decide, others carry");

    @ArchTest
    static final ArchRule readsNoClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class)
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Timer.class)
            .because("the log is the only clock");

    @ArchTest
    static final ArchRule drawsNothingAtRandom = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class)
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .because("the same input gives the same alerts and commands in every run");

    @ArchTest
    static final ArchRule startsNoThreads =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.concurrent..");

    @ArchTest
    static final ArchRule keepsNoStaticState =
            ArchRuleDefinition.fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule printsNothing = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule logsNothing = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /** Alerts and commands name each other, and are one room here. */
    @ArchTest
    static final ArchRule dependsInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("lifecycle")
            .definedBy("..rules.lifecycle..")
            .layer("catalogue")
            .definedBy("..rules.catalogue..")
            .layer("duplicate")
            .definedBy("..rules.duplicate..")
            .layer("guard")
            .definedBy("..rules.guard..")
            .layer("admission")
            .definedBy("..rules.admission..")
            .layer("ledger")
            .definedBy("..rules.ledger..")
            .layer("alert and command")
            .definedBy("..rules.alert..", "..rules.command..")
            .layer("policy")
            .definedBy("..rules.policy..")
            .layer("fact")
            .definedBy("..rules.fact..")
            .whereLayer("lifecycle")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("catalogue")
            .mayOnlyBeAccessedByLayers("lifecycle", "guard")
            .whereLayer("duplicate")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("guard")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admission")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ledger")
            .mayOnlyBeAccessedByLayers("catalogue", "lifecycle")
            .whereLayer("alert and command")
            .mayOnlyBeAccessedByLayers("ledger", "catalogue", "lifecycle", "guard")
            .whereLayer("fact")
            .mayNotAccessAnyLayer()
            .whereLayer("policy")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule noPackagesNeedEachOther = slices().matching("io.tillwatch.rules.(*)..")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(in("alert"), in("command"));

    private static DescribedPredicate<JavaClass> in(String room) {
        return resideInAnyPackage("io.tillwatch.rules." + room + "..");
    }
}
