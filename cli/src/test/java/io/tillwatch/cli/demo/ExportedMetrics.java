package io.tillwatch.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of all metrics that the parts of a demo export while it runs: read as Prometheus would, every second. */
final class ExportedMetrics implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("sign in with +(tillwatch_[A-Za-z0-9_-]+)");
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(WITHIN).build();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> names = new TreeSet<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final DemoPorts ports;
    private final Consumer<String> tokens;

    /** @param tokens is told with which token metrics are read, as soon as it is known and again every second */
    ExportedMetrics(DemoPorts ports, Consumer<String> tokens) {
        this.ports = ports;
        this.tokens = tokens;
    }

    /** The demo tells people, not programs, with which token its API is used. */
    PrintStream listeningTo(PrintStream out) {
        return new PrintStream(new Tee(out), true, StandardCharsets.UTF_8);
    }

    private final class Tee extends OutputStream {
        private final PrintStream out;

        Tee(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) {
            out.write(one);
            said.write(one);
        }
    }

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::readAll, 0, 1, TimeUnit.SECONDS);
    }

    private void readAll() {
        read(ports.metrics(), "");
        Matcher token = TOKEN.matcher(said.toString(StandardCharsets.UTF_8));
        if (token.find()) {
            tokens.accept(token.group(1));
            read(ports.responder(), token.group(1));
            read(ports.console(), token.group(1));
        }
    }

    private void read(int port, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(WITHIN);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                take(answer.body());
            }
        } catch (IOException notUp) {
            // asked again in a second
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void take(String text) {
        text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("[{ ]", 2)[0])
                .forEach(names::add);
    }

    synchronized Set<String> names() {
        return Set.copyOf(names);
    }

    /** Those that are Tillwatch's, not Flink's. */
    Set<String> ownNames() {
        return names().stream()
                .filter(name -> name.contains("tillwatch_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whoever reads now is interrupted. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
