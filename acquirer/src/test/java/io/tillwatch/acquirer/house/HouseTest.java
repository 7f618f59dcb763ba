package io.tillwatch.acquirer.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The simulator convicts the responder, so it shares nothing with anyone; and its ledger knows nobody who speaks to it. */
@AnalyzeClasses(packages = "io.tillwatch.acquirer", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    @ArchTest
    static final ArchRule sharesNoCodeWithAnyone = classes()
            .that()
            .resideInAPackage("io.tillwatch.acquirer..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("io.tillwatch.acquirer..").or(notOfTheHouse()));

    @ArchTest
    static final ArchRule theLedgerKnowsNobodyWhoSpeaksToIt = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.acquirer.ledger..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.tillwatch.acquirer.http..",
                    "io.tillwatch.acquirer.iso..",
                    "io.tillwatch.acquirer.fault..",
                    "io.javalin..",
                    "com.solab.."));

    private static DescribedPredicate<JavaClass> notOfTheHouse() {
        return DescribedPredicate.not(resideInAnyPackage("io.tillwatch.."));
    }
}
