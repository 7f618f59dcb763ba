package io.tillwatch.responder.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The directions of the house, as far as the responder goes; and held: a machine's clock that is wrong or jumps. */
@AnalyzeClasses(packages = "io.tillwatch", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

    private static final String[] ADAPTERS = {"io.tillwatch.responder.http..", "io.tillwatch.responder.iso8583.."};

    @ArchTest
    static final ArchRule theResponderKnowsNeitherJobsNorFlinkNorTheSimulator = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.responder..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.tillwatch.jobs..",
                    "org.apache.flink..",
                    "io.tillwatch.acquirer..",
                    "io.tillwatch.traffic..",
                    "io.tillwatch.cli..",
                    "io.tillwatch.postgres..",
                    "io.tillwatch.broker.."));

    @ArchTest
    static final ArchRule decisionsKnowNeitherDatabaseNorKafkaNorHttp = noClasses()
            .that(resideInAnyPackage(
                    "io.tillwatch.responder.decision..",
                    "io.tillwatch.responder.profile..",
                    "io.tillwatch.responder.acquirer.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.sql..",
                    "org.jdbi..",
                    "org.apache.kafka..",
                    "java.net.http..",
                    "io.javalin..",
                    "io.tillwatch.responder.journal..",
                    "io.tillwatch.responder.engine.."));

    @ArchTest
    static final ArchRule adaptersKnowNothingOfTheJournalNorOfEachOther = noClasses()
            .that(resideInAnyPackage(ADAPTERS))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.tillwatch.responder.journal..",
                    "io.tillwatch.responder.engine..",
                    "io.tillwatch.responder.decision..",
                    "io.tillwatch.responder.people..",
                    "org.apache.kafka..",
                    "org.jdbi.."));

    @ArchTest
    static final ArchRule httpDoesNotKnowIso8583 = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.responder.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tillwatch.responder.iso8583..");

    @ArchTest
    static final ArchRule theJournalKnowsNoAcquirerAndNobodyWhoServesPeople = noClasses()
            .that()
            .resideInAPackage("io.tillwatch.responder.journal..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.tillwatch.responder.engine..",
                    "io.tillwatch.responder.people..",
                    "io.tillwatch.responder.api..",
                    "io.tillwatch.responder.kafka..",
                    "io.tillwatch.responder.http..",
                    "io.tillwatch.responder.iso8583.."));

    @ArchTest
    static final ArchRule whoeverServesPeopleReachesCommandsThroughTheJournal = noClasses()
            .that(resideInAnyPackage("io.tillwatch.responder.people..", "io.tillwatch.responder.api.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.tillwatch.responder.engine..",
                    "io.tillwatch.responder.http..",
                    "io.tillwatch.responder.iso8583.."));

    @ArchTest
    static final ArchRule nothingIsDecidedByTheMachinesClock = noClasses()
            .that(resideInAnyPackage(
                    "io.tillwatch.responder.journal..",
                    "io.tillwatch.responder.engine..",
                    "io.tillwatch.responder.decision..",
                    "io.tillwatch.responder.profile..",
                    "io.tillwatch.responder.kafka..",
                    "io.tillwatch.responder.http.."))
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Instant.class, "now", Clock.class)
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .because("leases, retention and expiry go by the database's clock, which is one for all instances");

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.tillwatch.responder..")
            .should()
            .beFinal();
}
