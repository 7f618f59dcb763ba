package io.tillwatch.jobs.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The directions of the house, as far as the jobs go. */
@AnalyzeClasses(
        packages = {"io.tillwatch.jobs", "io.tillwatch.rules", "io.tillwatch.schemas"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String[] RUNNERS = {
        "io.tillwatch.jobs.local..", "io.tillwatch.jobs.replay..", "io.tillwatch.jobs.live.."
    };

    @ArchTest
    static final ArchRule rulesAndSchemasKnowNothingOfTheJobs = noClasses()
            .that(resideInAnyPackage("io.tillwatch.rules..", "io.tillwatch.schemas.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.tillwatch.jobs..", "org.apache.flink.."));

    @ArchTest
    static final ArchRule nobodyKnowsWhoRunsTheJobs = noClasses()
            .that()
            .resideOutsideOfPackages(RUNNERS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(RUNNERS));

    @ArchTest
    static final ArchRule onlyJobsAndTheirRunnersKnowKafka = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.jobs..")
            .and()
            .resideOutsideOfPackages(RUNNERS)
            .and()
            .resideOutsideOfPackage("io.tillwatch.jobs.kafka..")
            .and()
            .haveSimpleNameNotEndingWith("Job")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.tillwatch.jobs.kafka..", "org.apache.kafka.."));

    @ArchTest
    static final ArchRule whatIsSharedKnowsNoJob = noClasses()
            .that(resideInAnyPackage(
                    "io.tillwatch.jobs.codec..",
                    "io.tillwatch.jobs.feed..",
                    "io.tillwatch.jobs.guard..",
                    "io.tillwatch.jobs.kafka..",
                    "io.tillwatch.jobs.policy..",
                    "io.tillwatch.jobs.record..",
                    "io.tillwatch.jobs.wake.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.tillwatch.jobs.lifecycle..", "io.tillwatch.jobs.duplicates.."));

    @ArchTest
    static final ArchRule theJobsKnowNothingOfEachOther = noClasses()
            .that(resideInAnyPackage("io.tillwatch.jobs.lifecycle.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.tillwatch.jobs.duplicates.."));

    @ArchTest
    static final ArchRule recordsKnowRulesAndSchemasOnly = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.jobs.record..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.flink..", "org.apache.kafka.."));

    @ArchTest
    static final ArchRule codecsWriteTheRulesTypesAndNoRecords = noClasses()
            .that(resideInAnyPackage(
                    "io.tillwatch.jobs.codec..",
                    "io.tillwatch.jobs.guard..",
                    "io.tillwatch.jobs.lifecycle..",
                    "io.tillwatch.jobs.duplicates.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.tillwatch.schemas.record..", "org.apache.avro.."))
            .because("records of Avro do not travel between operators");

    @ArchTest
    static final ArchRule nothingIsDecidedByTheWallClock = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.jobs..")
            .and()
            .resideOutsideOfPackages(RUNNERS)
            .and()
            .doNotHaveFullyQualifiedName("io.tillwatch.jobs.kafka.FeedDeserializer$MeasuredReader")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .because("the log is the only clock; one gauge shows how far it lags");

    @ArchTest
    static final ArchRule noTimerGoesByTheWallClock = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.jobs..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "is about processing time",
                    call -> call.getName().matches("(register|delete)ProcessingTimeTimer|currentProcessingTime")));

    @ArchTest
    static final ArchRule noSourceIsEverCalledIdle = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.jobs..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "calls a source idle or aligns watermarks",
                    call -> call.getName().matches("withIdleness|markIdle|withWatermarkAlignment")))
            .because("an unread partition is not an idle one");

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.tillwatch.jobs..")
            .should()
            .beFinal();
}
