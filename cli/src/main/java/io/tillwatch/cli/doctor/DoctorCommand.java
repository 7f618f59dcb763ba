package io.tillwatch.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.cli.doctor.KafkaState.TopicState;
import io.tillwatch.cli.live.KafkaOptions;
import io.tillwatch.cli.process.Home;
import io.tillwatch.schemas.topic.Topic;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether all that is outside is as it is needed. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at a Kafka and, if it is given a responder's configuration, at its PostgreSQL and acquirers: topics, partitions, whose clock timestamps are, how long records are kept, pulses, how far the"
                    + " clock is behind, whether dead letters wait, and what this user may do.",
            "Of each thing: what was found, what it should be, and the command that changes it. Changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is as it should be", "1:something is not", "2:bad usage, or Kafka does not answer"})
public final class DoctorCommand implements Callable<Integer> {

    private static final int WRONG = 1;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--as",
            description = "Judge what the user that connects may do: as one of ${COMPLETION-CANDIDATES}.")
    private Role roleOrNull;

    @Option(
            names = "--pulse-within",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How old the newest record of a feed's partition may be; ${DEFAULT-VALUE}.")
    private int pulseWithinSeconds;

    @Option(
            names = "--responder",
            paramLabel = "FILE",
            description = "A responder's configuration: look at its database and its acquirers, too.")
    private Path responderOrNull;

    @Option(names = "--all", description = "Show what is good, too.")
    private boolean all;

    @Option(names = "--json", description = "One line of JSON with all findings.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            problems.forEach(spec.commandLine().getErr()::println);
            return CommandLine.ExitCode.USAGE;
        }
        Map<String, Object> settings = kafka.clientSettings();
        KafkaState state;
        Optional<Finding> letters = Optional.empty();
        try (Admin admin = Admin.create(settings)) {
            state = new KafkaLook(admin, kafka.prefix()).look();
            TopicState deadLetters = state.topics().get(Topic.DEAD_LETTERS);
            if (deadLetters != null) {
                letters = new LettersLook(settings, kafka.prefix()).look(admin, deadLetters.partitions());
            }
        }
        List<Finding> findings = new ArrayList<>(new KafkaExamination(
                        settings.get("bootstrap.servers").toString(),
                        kafka.prefix(),
                        Optional.ofNullable(roleOrNull),
                        Duration.ofSeconds(pulseWithinSeconds),
                        Clock.systemUTC().millis())
                .findings(state));
        letters.ifPresent(findings::add);
        if (responderOrNull != null) {
            ResponderLook.Result result = new ResponderLook(Home.find()).look(responderOrNull);
            if (!(result instanceof ResponderLook.Result.Looked looked)) {
                return CommandLine.ExitCode.USAGE;
            }
            findings.addAll(looked.findings());
        }
        return tell(findings);
    }

    private int tell(List<Finding> findings) {
        long wrong = findings.stream().filter(finding -> !finding.good()).count();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson(findings, wrong));
        } else {
            findings.stream().filter(finding -> all || !finding.good()).forEach(finding -> print(finding, out));
            out.println(findings.size() + " looked at, " + wrong + " to be changed");
        }
        out.flush();
        return wrong == 0 ? CommandLine.ExitCode.OK : WRONG;
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (pulseWithinSeconds < 1 || pulseWithinSeconds > 86_400) {
            problems.add("--pulse-within: " + pulseWithinSeconds + " is not in 1..86400 seconds");
        }
        try {
            Topic.ALERTS.name(kafka.prefix());
        } catch (IllegalArgumentException e) {
            problems.add("--topic-prefix: " + e.getMessage());
        }
        if (responderOrNull != null && !Files.isReadable(responderOrNull)) {
            problems.add("--responder: " + responderOrNull + " cannot be read; name a responder's configuration");
        }
        return problems;
    }

    private static void print(Finding finding, PrintWriter out) {
        out.println((finding.good() ? "good   " : "wrong  ") + finding.subject() + ": " + finding.found()
                + "; should be: " + finding.wanted());
        finding.remedy().ifPresent(remedy -> out.println("       " + remedy));
    }

    private static ObjectNode asJson(List<Finding> findings, long wrong) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("wrong", wrong);
        ArrayNode list = root.putArray("findings");
        for (Finding finding : findings) {
            ObjectNode one = list.addObject()
                    .put("good", finding.good())
                    .put("subject", finding.subject())
                    .put("found", finding.found())
                    .put("wanted", finding.wanted());
            finding.remedy().ifPresent(remedy -> one.put("remedy", remedy));
        }
        return root;
    }
}
