package io.tillwatch.registry;

import io.tillwatch.registry.RegistryHttp.Reply;
import io.tillwatch.schemas.wire.SchemaIds;
import io.tillwatch.schemas.wire.SchemasUnavailableException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;

/**
 * Asks a registry, once for each id: what an id stands for never changes. What it does not know may be told to it a moment
 * later, so that is remembered for a short while only, and no more of it than fits. Whatever else goes wrong, a wrong
 * address or wrong credentials included, is not the record's fault and is tried again, ever more slowly.
 */
final class RegistryClient implements SchemaIds {

    private static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());

    private static final long PAUSE_MILLIS_MIN = 50;
    private static final long PAUSE_MILLIS_MAX = 5_000;
    private static final long UNKNOWN_FOR_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int UNKNOWN_MAX = 1_000;

    private final RegistrySettings settings;
    private final RegistryHttp http;
    private final Duration readWithinOrNull;
    private final Duration startWithin;
    private final Map<Integer, Answer.Known> known = new ConcurrentHashMap<>();
    private final Map<Integer, Unknown> unknown = new LinkedHashMap<>();
    private final AtomicLong failures = new AtomicLong();
    private final Map<Thread, Long> waitingSinceNanos = new ConcurrentHashMap<>();

    private record Unknown(Answer.Unknown answer, long atNanos) {}

    /** What a question has come to. */
    private sealed interface Outcome<A> {
        record Answered<A>(A answer) implements Outcome<A> {}

        /** @param reason for people */
        record Failed<A>(String reason) implements Outcome<A> {}
    }

    private interface Question<A> {
        /** @throws SchemasUnavailableException if asking again would not help */
        Outcome<A> ask() throws InterruptedException;
    }

    /**
     * @param readWithinOrNull how long to ask for what an id stands for; null: until it is answered
     * @param startWithin how long to ask for the id of a schema
     */
    RegistryClient(RegistrySettings settings, Duration readWithinOrNull, Duration startWithin) {
        this.settings = settings;
        this.http = new RegistryHttp(settings);
        this.readWithinOrNull = readWithinOrNull;
        this.startWithin = startWithin;
    }

    long failures() {
        return failures.get();
    }

    long waitingMillis() {
        long now = System.nanoTime();
        return waitingSinceNanos.values().stream()
                .mapToLong(since -> TimeUnit.NANOSECONDS.toMillis(now - since))
                .max()
                .orElse(0);
    }

    @Override
    public Answer schema(int id) {
        Answer remembered = remembered(id);
        if (remembered != null) {
            return remembered;
        }
        Answer answer = insist(
                "what the id " + id + " stands for",
                readWithinOrNull,
                () -> tryEach("/schemas/ids/" + id, null, RegistryClient::meaning));
        if (answer instanceof Answer.Known found) {
            Answer.Known earlier = known.putIfAbsent(id, found);
            return earlier == null ? found : earlier;
        }
        synchronized (unknown) {
            unknown.remove(id);
            unknown.put(id, new Unknown((Answer.Unknown) answer, System.nanoTime()));
            if (unknown.size() > UNKNOWN_MAX) {
                unknown.remove(unknown.keySet().iterator().next());
            }
        }
        return answer;
    }

    private Answer remembered(int id) {
        Answer.Known found = known.get(id);
        if (found != null) {
            return found;
        }
        synchronized (unknown) {
            Unknown not = unknown.get(id);
            return not != null && System.nanoTime() - not.atNanos() < UNKNOWN_FOR_NANOS ? not.answer() : null;
        }
    }

    @Override
    public int id(String topic, Schema schema) {
        String subject = topic + "-value";
        String path = "/subjects/"
                + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20")
                + (settings.register() ? "/versions" : "");
        String body = RegistryJson.schemaRequest(schema.toString());
        return insist(
                "for the id under which " + subject + " is written",
                startWithin,
                () -> tryEach(path, body, reply -> given(reply, subject)));
    }

    /** What was answered about an id; a 404 counts only if a registry says it, and no gateway on the way to it. */
    private static Outcome<Answer> meaning(Reply reply) {
        RegistryJson.Fields fields = RegistryJson.read(reply.body());
        if (reply.status() == 404 && fields.errorCode() / 100 == 404) {
            return new Outcome.Answered<>(new Answer.Unknown("that the registry does not know (id in bytes 1 to 4)"));
        }
        if (reply.status() != 200 || fields.schema() == null) {
            return failed(reply, fields);
        }
        if (fields.hasReferences() || !fields.schemaType().equals("AVRO")) {
            return new Outcome.Answered<>(new Answer.Unknown("that is no Avro schema of one piece"));
        }
        try {
            return new Outcome.Answered<>(new Answer.Known(new Schema.Parser().parse(fields.schema())));
        } catch (RuntimeException e) {
            // Avro tells bad schemas by many kinds of exceptions, a null pointer among them.
            return new Outcome.Answered<>(new Answer.Unknown("that Avro does not accept"));
        }
    }

    private static Outcome<Integer> given(Reply reply, String subject) {
        RegistryJson.Fields fields = RegistryJson.read(reply.body());
        if (reply.status() == 200 && fields.id() >= 0) {
            return new Outcome.Answered<>(fields.id());
        }
        boolean registrySays = fields.errorCode() >= 0;
        if (reply.status() == 409) {
            throw new SchemasUnavailableException("the registry holds a version of " + subject
                    + " that is not compatible with this build's: let whoever registered it bring theirs in line with"
                    + " schemas/src/main/avro, or change the subject's compatibility");
        } else if (reply.status() == 404 && registrySays) {
            throw new SchemasUnavailableException("the registry does not know this build's schema of " + subject
                    + ": register it, or let the program do so with " + RegistrySettings.PREFIX + "register=true");
        } else if (reply.status() == 422 && registrySays) {
            throw new SchemasUnavailableException("the registry does not accept this build's schema of " + subject
                    + " (error_code " + fields.errorCode() + "): look at its rules");
        }
        return failed(reply, fields);
    }

    private static <A> Outcome<A> failed(Reply reply, RegistryJson.Fields fields) {
        String code = fields.errorCode() < 0 ? "" : ", error_code " + fields.errorCode();
        return new Outcome.Failed<>(
                switch (reply.status()) {
                    case 401, 403 ->
                        "refuses these credentials (" + reply.status() + "): look at " + RegistrySettings.PREFIX
                                + "basic.auth.user.info";
                    case 404 -> "has nothing there (404" + code + "): look at the path in " + RegistrySettings.URL;
                    default -> "answers " + reply.status() + code;
                });
    }

    private interface Judge<A> {
        Outcome<A> judge(Reply reply);
    }

    /** Each address once, in their order. */
    private <A> Outcome<A> tryEach(String path, String bodyOrNull, Judge<A> judge) throws InterruptedException {
        StringBuilder reasons = new StringBuilder();
        for (String url : settings.urls()) {
            Outcome<A> outcome = http.ask(url, path, bodyOrNull)
                    .map(judge::judge)
                    .orElseGet(() -> new Outcome.Failed<>("does not answer"));
            if (outcome instanceof Outcome.Answered<A>) {
                return outcome;
            }
            reasons.append(reasons.isEmpty() ? "" : "; ")
                    .append(url)
                    .append(' ')
                    .append(((Outcome.Failed<A>) outcome).reason());
        }
        return new Outcome.Failed<>(reasons.toString());
    }

    private <A> A insist(String what, Duration withinOrNull, Question<A> question) {
        long start = System.nanoTime();
        long pause = PAUSE_MILLIS_MIN;
        try {
            for (int tries = 1; ; tries++) {
                Outcome<A> outcome = question.ask();
                if (outcome instanceof Outcome.Answered<A> answered) {
                    return answered.answer();
                }
                String reason = ((Outcome.Failed<A>) outcome).reason();
                failures.incrementAndGet();
                waitingSinceNanos.putIfAbsent(Thread.currentThread(), start);
                long waited = System.nanoTime() - start;
                if (withinOrNull != null && waited + TimeUnit.MILLISECONDS.toNanos(pause) > withinOrNull.toNanos()) {
                    throw new SchemasUnavailableException("the schema registry was asked " + what + " for "
                            + withinOrNull.toSeconds() + " s in vain: " + reason);
                }
                // At 50 ms, then at each doubling of the time that has passed: an outage of an hour is a dozen lines.
                if (Integer.bitCount(tries) == 1) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "asking the schema registry {0} again and again: {1}",
                            what,
                            reason);
                }
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, PAUSE_MILLIS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemasUnavailableException("interrupted while the schema registry was asked " + what, e);
        } finally {
            waitingSinceNanos.remove(Thread.currentThread());
        }
    }
}
