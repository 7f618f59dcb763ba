package io.tillwatch.responder;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.responder.api.ApiSettings;
import io.tillwatch.responder.config.ResponderSettings;
import io.tillwatch.responder.doctor.AcquirerExamination;
import io.tillwatch.responder.doctor.DatabaseExamination;
import io.tillwatch.responder.doctor.Finding;
import io.tillwatch.responder.doctor.IssuerExamination;
import io.tillwatch.responder.engine.Acquirers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the database, the acquirers and the issuer of tokens of a configuration; {@code ./tillwatch doctor --responder} tells it to people. */
@Command(
        name = "doctor",
        description =
                "Looks whether the database, the acquirers and the issuer of tokens are as the configuration says: a finding a line, as JSON."
                        + " Exit code 1 if something is not.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--config", required = true, description = "the responder's configuration")
    private Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ResponderSettings.Result result = ResponderSettings.read(config, System.getenv(), "doctor");
        if (result instanceof ResponderSettings.Result.Bad bad) {
            bad.problems().forEach(spec.commandLine().getErr()::println);
            return 2;
        }
        ResponderSettings settings = ((ResponderSettings.Result.Good) result).settings();
        List<Finding> findings =
                new ArrayList<>(new DatabaseExamination(settings.database(), Clock.systemUTC()).findings());
        try (Acquirers acquirers = new Acquirers(Responder.connections(settings.acquirers()))) {
            findings.addAll(AcquirerExamination.findings(acquirers.all()));
        }
        settings.api().flatMap(ApiSettings::oidc).ifPresent(oidc -> findings.add(IssuerExamination.finding(oidc)));
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> out.println(json(finding)));
        out.flush();
        return findings.stream().allMatch(Finding::good) ? 0 : 1;
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode json = JSON.createObjectNode()
                .put("good", finding.good())
                .put("subject", finding.subject())
                .put("found", finding.found())
                .put("wanted", finding.wanted());
        finding.remedy().ifPresent(remedy -> json.put("remedy", remedy));
        return json;
    }
}
