package io.tillwatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.lifecycle.Lifecycle;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link CrashSimulation} finds bugs: each one is planted into a copy of the real source, which is compiled and run in
 * place of it. A bug that no seed finds, or whose place is not in the source exactly once, fails the test.
 */
class PlantedBugsTest {

    private static final int SEEDS_AT_MOST = 500;
    private static final Path SOURCES = Path.of("..", "rules", "src", "main", "java", "io", "tillwatch", "rules");

    private record Bug(String what, String file, String good, String bad) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Bug> bugs() {
        String payment = "lifecycle/Payment.java";
        String lifecycle = "lifecycle/Lifecycle.java";
        String authorizations = "catalogue/AuthorizationRules.java";
        String captures = "catalogue/CaptureRules.java";
        return List.of(
                new Bug("records that wait are lost in a crash", payment, "waiting.addAll(memory.waiting());", ""),
                new Bug(
                        "the next deadline is lost in a crash",
                        payment,
                        "nextDeadlineMillis = memory.nextDeadlineMillis();",
                        ""),
                new Bug("the wake-up is lost in a crash", payment, "wakeAtMillis = memory.wakeAtMillis();", ""),
                new Bug("the facts are lost in a crash", payment, "facts = memory.facts();", ""),
                new Bug(
                        "the alerts are lost in a crash",
                        payment,
                        "alerts.put(memory.alerts().get(i).alertId(), memory.alerts().get(i));",
                        ""),
                new Bug(
                        "the commands are lost in a crash",
                        payment,
                        "commands.put(memory.commands().get(i).commandId(), memory.commands().get(i));",
                        ""),
                new Bug("what lies ahead forgets alerts", payment, "copy.alerts.putAll(alerts);", ""),
                new Bug("what lies ahead forgets commands", payment, "copy.commands.putAll(commands);", ""),
                new Bug(
                        "what lies ahead forgets the deadline",
                        payment,
                        "copy.nextDeadlineMillis = nextDeadlineMillis;",
                        ""),
                new Bug(
                        "a record is taken before the clock reaches it",
                        lifecycle,
                        "if (event.arrivedAtMillis() <= clockMillis) {",
                        "if (clockMillis != Long.MAX_VALUE) {"),
                new Bug(
                        "a redelivered record is taken again",
                        lifecycle,
                        "payment.facts.knows(fact.eventId())",
                        "false"),
                new Bug(
                        "records wait in the order of reading",
                        lifecycle,
                        "place > 0 && before(",
                        "place < 0 && before("),
                new Bug("records wait in reverse order", lifecycle, "return byTime < 0 ||", "return byTime > 0 ||"),
                new Bug(
                        "records of one time wait in the order of reading",
                        lifecycle,
                        "byTime == 0 && one.feed()",
                        "byTime == 1 && one.feed()"),
                new Bug(
                        "a deadline is dated by the clock",
                        lifecycle,
                        "policy(payment), deadline, deadline, changes)",
                        "policy(payment), clockMillis, clockMillis, changes)"),
                new Bug(
                        "what changes something is foreseen to change nothing",
                        lifecycle,
                        "onlyRecords && wakeAt == Payment.NEVER",
                        "onlyRecords"),
                new Bug(
                        "the deadline that was foreseen is not kept",
                        lifecycle,
                        "payment.nextDeadlineMillis = foresight.nextDeadlineMillis();",
                        ""),
                new Bug(
                        "an answered request counts as unanswered",
                        authorizations,
                        "r.requestedBase() && unanswered(c, r)",
                        "r.requestedBase()"),
                new Bug(
                        "a pre-authorization expires at once",
                        authorizations,
                        "c.clock.after(from, c.policy.preauthValidFor())",
                        "from > 0"),
                new Bug("any capture exceeds", captures, "if (over <= 0) {", "if (over < -1_000_000_000_000_000L) {"),
                new Bug("an approved capture has no approval", captures, "if (a.approvedBase()) {", "if (false) {"));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(Bug bug, @TempDir Path directory) throws Exception {
        plant(bug, directory);
        try (ChildFirst loader = new ChildFirst(new URL[] {
            directory.toUri().toURL(), home(Lifecycle.class), home(Watch.class), home(CrashSimulation.class)
        })) {
            Method failure = loader.loadClass(CrashSimulation.class.getName()).getDeclaredMethod("failure", long.class);
            failure.setAccessible(true);
            int seeds = 0;
            boolean found = false;
            while (!found && seeds < SEEDS_AT_MOST) {
                found = ((Optional<?>) failure.invoke(null, Seed.VALUE + seeds)).isPresent();
                seeds++;
            }
            assertThat(found)
                    .as(Seed.of(bug.what() + " is found within " + seeds + " seeds"))
                    .isTrue();
            System.out.println(bug.what() + ": found after " + seeds);
        }
    }

    private static void plant(Bug bug, Path directory) throws IOException {
        Path file = SOURCES.resolve(bug.file());
        String source = Files.readString(file);
        assertThat(source.split(java.util.regex.Pattern.quote(bug.good()), -1))
                .as("the place of a bug is in " + file + " once: " + bug.good())
                .hasSize(2);
        Path copy = directory.resolve(file.getFileName());
        Files.writeString(copy, source.replace(bug.good(), bug.bad()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    directory.toString(),
                    "-proc:none",
                    "-cp",
                    Path.of(uri(Lifecycle.class)).toString());
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(copy))
                            .call())
                    .as("compiles")
                    .isTrue();
        }
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static java.net.URI uri(Class<?> type) {
        return java.net.URI.create(home(type).toString());
    }

    /** Finds everything where it is told to look, and nothing but the JDK elsewhere. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL[] places) {
            super(places, ClassLoader.getPlatformClassLoader());
        }
    }
}
