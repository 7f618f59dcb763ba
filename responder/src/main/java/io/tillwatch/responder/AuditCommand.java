package io.tillwatch.responder;

import io.tillwatch.responder.config.ResponderSettings;
import io.tillwatch.responder.journal.Audit;
import io.tillwatch.responder.journal.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether the audit is whole, without a responder that would have to be believed. */
@Command(name = "audit", description = "Looks at the audit.", mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

    private static final Pattern KEPT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return 2;
    }

    /** Exit codes: 0 whole, 1 not, 2 bad configuration. */
    @Command(
            name = "verify",
            description = "Whether each row of the audit follows from the one before it.",
            mixinStandardHelpOptions = true)
    int verify(
            @Option(names = "--config", required = true, description = "the responder's configuration") Path config,
            @Option(
                            names = "--kept",
                            paramLabel = "ROW:HASH",
                            description =
                                    "a row and its hash that were kept elsewhere: finds what was cut off or written anew")
                    String kept) {
        PrintWriter err = spec.commandLine().getErr();
        ResponderSettings.Result result = ResponderSettings.read(config, System.getenv(), "audit");
        if (result instanceof ResponderSettings.Result.Bad bad) {
            bad.problems().forEach(err::println);
            return 2;
        }
        OptionalLong row = OptionalLong.empty();
        Optional<String> hash = Optional.empty();
        if (kept != null) {
            Matcher matcher = KEPT.matcher(kept);
            if (!matcher.matches()) {
                err.println("--kept: is no row and hash; give the number, a colon and 64 hexadecimal digits");
                return 2;
            }
            row = OptionalLong.of(Long.parseLong(matcher.group(1)));
            hash = Optional.of(matcher.group(2));
        }
        return verify(((ResponderSettings.Result.Good) result).settings(), row, hash);
    }

    private int verify(ResponderSettings settings, OptionalLong row, Optional<String> hash) {
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = Database.open(settings.database())) {
            Audit.Verification found = database.jdbi().withHandle(handle -> Audit.verify(handle, row, hash));
            if (found instanceof Audit.Verification.Whole whole) {
                out.println("whole: " + whole.rows() + " rows; to be kept: " + whole.rows() + ":" + whole.head());
                return 0;
            }
            Audit.Verification.Broken broken = (Audit.Verification.Broken) found;
            out.println("not whole from row " + broken.id() + " on: " + broken.what());
            return 1;
        }
    }
}
