package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import io.tillwatch.broker.TopicAdmin;
import io.tillwatch.broker.TopicSpec;
import io.tillwatch.cli.Tillwatch;
import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.feed.FeedTypes;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.topic.Topic;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands over a real broker. What is refused is refused by the jobs' own gate. */
@Timeout(120)
class RedriveIT {

    private static final String CARD_NUMBER = "4111111111111111";

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static TopicAdmin topics;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void startBroker() {
        broker = new KafkaBroker(BrokerSettings.in(directory.resolve("kafka"))
                .withHeapMegabytes(256)
                .withQuickStart());
        broker.start();
        topics = new TopicAdmin(broker.bootstrapServers());
        producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        topics.close();
        broker.close();
    }

    private record Told(int exit, String out, String err) {}

    @Test
    void sendsWhatWasMendedOnceAndAgainOnlyWhereItIsAskedTo() throws Exception {
        makeTopics("mended.");
        LetterId id = refuse("mended.", "p-1", settlement("p-1").setAmount(0).build());
        Told list = redrive("mended.", "list");
        assertThat(list.exit()).as(list.err()).isZero();
        assertThat(list.out())
                .containsPattern("settlements +BAD_AMOUNT +1 +0 +0 ")
                .contains("1 letter waits:", id.place(), "p-1  amount: is not in 1..10^12");
        Told show = redrive("mended.", "show", id.place());
        assertThat(show.out())
                .contains("BAD_AMOUNT amount: is not in 1..10^12", "state       waits", "Ask the sender for the amount")
                .contains("\"amount\" : 0");

        Path file = directory.resolve("mended.jsonl");
        assertThat(redrive("mended.", "export", "--out", file.toString()).out()).contains("1 letter is in " + file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(redrive("mended.", "export", "--out", file.toString()).err()).contains("is there already");
        mend(file, "\"amount\":0", "\"amount\":1250");

        Told asked = redrive("mended.", "send", "--in", file.toString());
        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.err()).contains(id.place() + "  p-1  amount 0 → 1250", "give --yes");
        Told tried = redrive("mended.", "send", "--in", file.toString(), "--dry-run");
        assertThat(tried.exit()).isZero();
        assertThat(tried.out()).contains("amount 0 → 1250", "1 would be sent back (1 to settlements)");
        assertThat(sentBack("mended.")).isEmpty();

        Told sent = redrive("mended.", "send", "--in", file.toString(), "--yes");
        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("1 sent back (1 to settlements)");
        ConsumerRecord<byte[], byte[]> record = sentBack("mended.").get(0);
        assertThat(record.key()).isEqualTo(Refused.utf8("p-1"));
        assertThat(header(record)).isEqualTo(id.text());
        assertThat(((Settlement) Refused.decoded(Feed.SETTLEMENTS, record.value())).getAmount())
                .isEqualTo(1250);

        Told twice = redrive("mended.", "send", "--in", file.toString(), "--yes");
        assertThat(twice.exit()).isZero();
        assertThat(twice.out()).contains("0 sent back; 1 were done with before");
        assertThat(sentBack("mended.")).hasSize(1);
        assertThat(redrive("mended.", "list").out()).contains("0 letters wait");

        assertThat(redrive("mended.", "send", "--in", file.toString(), "--yes", "--again")
                        .exit())
                .isZero();
        assertThat(sentBack("mended.")).hasSize(2);
        assertThat(redrive("mended.", "show", id.text()).out()).contains("sent back at ", ", mended, for the 2. time");
    }

    @Test
    void saysAllProblemsOfAFileAtOnceAndSendsNothing() throws Exception {
        makeTopics("problems.");
        LetterId first =
                refuse("problems.", "p-1", settlement("p-1").setAmount(0).build());
        LetterId second =
                refuse("problems.", "p-2", settlement("p-2").setCurrency("XXX").build());
        Path file = directory.resolve("problems.jsonl");
        redrive("problems.", "export", "--out", file.toString());
        String lines = Files.readString(file).replace("\"amount\":0", "\"amount\":1250");
        Files.writeString(file, lines + "{\"id\":\"settlements:0:999999@1\",\"record\":{}}\nx\n");

        Told told = redrive("problems.", "send", "--in", file.toString(), "--yes", "--json");
        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.err().lines().map(line -> line.substring(0, "line 2".length())))
                .containsExactly("line 2", "line 3", "line 4");
        assertThat(told.err().lines())
                .anySatisfy(line -> assertThat(line).contains(second.place(), "BAD_CURRENCY"))
                .anySatisfy(line -> assertThat(line).contains("line 3", "is no dead letter here"))
                .anySatisfy(line -> assertThat(line).contains("line 4: is not valid JSON"))
                .noneSatisfy(line -> assertThat(line).contains(first.place() + ":"));
        assertThat(new ObjectMapper().readTree(told.out()).path("problems")).hasSize(3);
        assertThat(sentBack("problems.")).isEmpty();
    }

    @Test
    void sendsAsTheyWereThoseThatCanBeReadByNowAndSaysWhichCannot() throws Exception {
        makeTopics("as-is.");
        byte[] newer = NewerWriter.written(settlement("p-1").build());
        LetterId known = refuse("as-is.", Feed.SETTLEMENTS, "p-1", newer);
        LetterId poison = refuse("as-is.", Feed.SETTLEMENTS, "p-2", Refused.utf8("poison"));
        refuse("as-is.", "p-3", settlement("p-3").setAmount(0).build());
        Path schemas = Files.createDirectory(directory.resolve("schemas"));
        Files.writeString(schemas.resolve("Settlement.avsc"), NewerWriter.SCHEMA.toString());

        Told before = redrive("as-is.", "send", "--as-is", "--code", "UNREADABLE");
        assertThat(before.exit()).isEqualTo(1);
        assertThat(before.out()).contains("0 sent back; 2 would be refused again and stay");
        Told told = redrive(
                "as-is.", "send", "--as-is", "--code", "unreadable", "--writer-schemas", schemas.toString(), "--json");
        assertThat(told.exit()).isEqualTo(1);
        JsonNode answer = new ObjectMapper().readTree(told.out());
        assertThat(answer.path("sent").intValue()).isEqualTo(1);
        assertThat(answer.path("records").path(0).path("id").textValue()).isEqualTo(known.text());
        assertThat(answer.path("refusedAgain").path(0).path("id").textValue()).isEqualTo(poison.text());
        assertThat(sentBack("as-is."))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(newer));
    }

    @Test
    void tellsNoCardNumberAnywhereAndExportsNoneOfItsRecord() throws Exception {
        makeTopics("card.");
        LetterId field = refuse(
                "card.", "p-1", settlement("p-1").setTerminalId(CARD_NUMBER).build());
        LetterId key = refuse(
                "card.",
                CARD_NUMBER,
                settlement("p-1").setPaymentId(CARD_NUMBER).build());
        // Nothing of ours writes such a letter; that it is never shown does not rest on who wrote it.
        LetterId forged = new LetterId("settlements", 0, 77, 5);
        write(
                "card.",
                forged,
                "UNREADABLE",
                "text " + CARD_NUMBER,
                Refused.utf8(CARD_NUMBER),
                Refused.utf8(CARD_NUMBER));
        Path file = directory.resolve("card.jsonl");
        StringBuilder all = new StringBuilder();
        for (LetterId id : List.of(field, key, forged)) {
            all.append(redrive("card.", "show", id.place()).out());
            all.append(redrive("card.", "show", id.place(), "--json").out());
        }
        all.append(redrive("card.", "list").out());
        all.append(redrive("card.", "list", "--json").out());
        assertThat(redrive("card.", "export", "--out", file.toString()).out()).contains("3 of them have no record");
        all.append(Files.readString(file));
        assertThat(all.toString()).contains("it held a card number").doesNotContain(CARD_NUMBER);

        // Written by hand, with the token.
        String line = Files.readString(file)
                .lines()
                .filter(one -> one.contains(field.text()))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                file,
                line.replace(
                        "\"record\":null",
                        "\"record\":" + NewerWriter.json(settlement("p-1").build())));
        assertThat(redrive("card.", "send", "--in", file.toString(), "--yes").out())
                .contains("1 sent back");
    }

    @Test
    void laysAsideAndDropsNothing() throws Exception {
        makeTopics("aside.");
        LetterId junk = refuse("aside.", Feed.SETTLEMENTS, "p-1", Refused.utf8("junk"));
        LetterId gone = new LetterId("chargebacks", 0, 4, 5);
        write("aside.", gone, "BAD_FIELD", "x: is empty", Refused.utf8("p-2"), Refused.utf8("?"));
        producer.send(new ProducerRecord<>(Topic.DEAD_LETTERS.name("aside."), Refused.utf8("k"), Refused.utf8("v")))
                .get();
        Told list = redrive("aside.", "list");
        assertThat(list.out())
                .contains("2 letters wait", gone.place(), "1 records there are no dead letters", "aside.dead-letters");
        assertThat(redrive("aside.", "show", gone.place()).out()).contains("This build knows no such feed", "00");
        assertThat(doctor("aside.").out()).contains("aside.dead-letters: 2 records wait that were refused");

        Told bad = redrive("aside.", "lay-aside", "x", "captures:0:1", "--because", CARD_NUMBER);
        assertThat(bad.exit()).isEqualTo(2);
        assertThat(bad.err())
                .contains("\"x\" names no letter", "--because: holds")
                .doesNotContain(CARD_NUMBER);
        assertThat(redrive("aside.", "lay-aside", junk.place(), gone.place(), "--because", "a test of the sender's")
                        .out())
                .contains("2 laid aside");
        assertThat(redrive("aside.", "show", junk.place()).out())
                .contains("laid aside at ", ": a test of the sender's");
        assertThat(redrive("aside.", "send", "--as-is", "--code", "UNREADABLE").out())
                .contains("0 sent back; 1 were done with before");
        assertThat(doctor("aside.").out()).doesNotContain("dead-letters");
        assertThat(sentBack("aside.")).isEmpty();
    }

    @Test
    void sendsToNoTopicThatIsNotThereAndMakesNone() throws Exception {
        makeTopics("gone.");
        refuse("gone.", "p-1", settlement("p-1").setAmount(0).build());
        Path file = directory.resolve("gone.jsonl");
        redrive("gone.", "export", "--out", file.toString());
        mend(file, "\"amount\":0", "\"amount\":1250");
        topics.delete(List.of("gone.settlements"));
        Told told = redrive("gone.", "send", "--in", file.toString(), "--yes");
        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.err()).contains("there is no topic gone.settlements");
        assertThat(topics.partitionCounts()).doesNotContainKey("gone.settlements");
        topics.delete(List.of("gone.redriven"));
        assertThat(redrive("gone.", "send", "--in", file.toString(), "--yes").err())
                .contains("there is no topic gone.redriven: make it with ./tillwatch topics");
    }

    @Test
    @DisplayName(
            "held: killed in the middle of a transaction and as it commits, a feed has each record with its mark, once")
    void sendsEachRecordOnceThoughItIsKilledAgainAndAgain() throws Exception {
        makeTopics("killed.");
        List<String> payments = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            payments.add("p-" + i);
            // What could not be read is in order by now.
            byte[] good = Refused.bytes(settlement("p-" + i).build());
            write(
                    "killed.",
                    new LetterId("settlements", 0, 1_000 + i, System.currentTimeMillis()),
                    "UNREADABLE",
                    "",
                    Refused.utf8("p-" + i),
                    good);
        }
        // A transaction holds 100 records and their marks: in the first one, as it commits, and in one after it.
        for (int acknowledged : List.of(150, 200, 250)) {
            assertThat(killedSend("killed.", acknowledged)).isEqualTo(KilledRedrive.EXIT);
            // Who begins ends what was left open, so that nothing is hidden behind it.
            Sender.begin(client(), "killed.", "look", Clock.systemUTC()).close();
            Marks marks = new LetterBox(client(), "killed.").marks();
            List<String> sent =
                    sentBack("killed.").stream().map(RedriveIT::header).toList();
            assertThat(sent).doesNotHaveDuplicates();
            new LetterBox(client(), "killed.")
                    .read(letter -> assertThat(marks.state(letter.id()) == Marks.State.SENT_BACK)
                            .as(letter.id().text())
                            .isEqualTo(sent.contains(letter.id().text())));
        }
        Told again = redrive("killed.", "send", "--as-is", "--code", "UNREADABLE");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(sentBack("killed.").stream().map(record -> text(record.key())))
                .containsExactlyInAnyOrderElementsOf(payments);
        assertThat(redrive("killed.", "list").out()).contains("0 letters wait");
    }

    @Test
    void writesNothingMoreOnceAnotherOneBegan() {
        makeTopics("two.");
        Parcel parcel = new Parcel(
                new LetterId("settlements", 0, 1, 2),
                Feed.SETTLEMENTS,
                Refused.utf8("p-1"),
                Refused.bytes(settlement("p-1").build()),
                "p-1",
                "p-1-s",
                false,
                List.of(),
                List.of());
        Sender first = Sender.begin(client(), "two.", "night", Clock.systemUTC());
        try (first) {
            Sender second = Sender.begin(client(), "two.", "day", Clock.systemUTC());
            try (second) {
                assertThatThrownBy(() -> first.send(List.of(parcel), new Marks()))
                        .isInstanceOf(Sender.OvertakenException.class);
                second.send(List.of(parcel), new Marks());
            }
        }
        assertThat(first.done()).isZero();
        assertThat(sentBack("two.")).hasSize(1);
        Marks marks = new LetterBox(client(), "two.").marks();
        assertThat(marks.of(parcel.id()).orElseThrow().getDoneBy()).isEqualTo("day");
    }

    @Test
    void saysAllThatIsWrongWithItsOptionsAtOnce() {
        Told told = redrive("a b", "send", "--as-is", "--in", "x", "--since", "noon", "--changed-identity");
        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.err())
                .contains("--topic-prefix", "--since", "either --in FILE or --as-is", "say which with --code");
        assertThat(redrive("a.", "list", "--code", "X", "--limit", "many").err())
                .contains("--code", "--limit");
        assertThat(redrive("a.", "show", "there").exit()).isEqualTo(2);
    }

    private static Settlement.Builder settlement(String paymentId) {
        return Refused.settlement(paymentId, Instant.now().minusSeconds(1));
    }

    private static void makeTopics(String prefix) {
        topics.create(Arrays.stream(Topic.values())
                .map(topic -> new TopicSpec(topic.name(prefix), topic.defaultPartitions() == 1 ? 1 : 2, topic.config()))
                .toList());
    }

    private static LetterId refuse(String prefix, String key, Settlement record) throws Exception {
        return refuse(prefix, Feed.SETTLEMENTS, key, Refused.bytes(record));
    }

    /** Writes a record to its feed, and what the jobs' gate makes of it to the dead letters. */
    private static LetterId refuse(String prefix, Feed feed, String key, byte[] value) throws Exception {
        RecordMetadata at = producer.send(
                        new ProducerRecord<>(FeedTypes.topic(feed).name(prefix), Refused.utf8(key), value))
                .get();
        DeadLetter refused =
                Refused.refused(feed, at.partition(), at.offset(), at.timestamp(), Refused.utf8(key), value);
        LetterId id = new LetterId(feed.topic(), at.partition(), at.offset(), at.timestamp());
        // Twice, as after a restart of the jobs.
        for (int i = 0; i < 2; i++) {
            write(
                    prefix,
                    id,
                    refused.refusal().code().name(),
                    refused.refusal().reason(),
                    refused.key(),
                    refused.value());
        }
        return id;
    }

    private static void write(String prefix, LetterId id, String error, String reason, byte[] key, byte[] value)
            throws ExecutionException, InterruptedException {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topic.DEAD_LETTERS.name(prefix), null, key, value);
        Map.of(
                        "feed",
                        id.feed(),
                        "partition",
                        "" + id.partition(),
                        "offset",
                        "" + id.offset(),
                        "timestamp",
                        "" + id.arrivedAtMillis(),
                        "error",
                        error,
                        "reason",
                        reason)
                .forEach((name, text) -> letter.headers().add(name, Refused.utf8(text)));
        producer.send(letter).get();
    }

    /** What a reader of the settlements sees of what was sent back. */
    private static List<ConsumerRecord<byte[], byte[]>> sentBack(String prefix) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        new TopicScan(client(), prefix).read(Topic.SETTLEMENTS, record -> {
            if (record.headers().lastHeader("redriven") != null) {
                records.add(record);
            }
        });
        return records;
    }

    /** Runs the real command in a process of its own until it ends itself. */
    private static int killedSend(String prefix, int acknowledged) throws IOException, InterruptedException {
        File log = directory.resolve("killed.log").toFile();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Tillwatch.class.getName(),
                        "redrive",
                        "send",
                        "--as-is",
                        "--code",
                        "UNREADABLE",
                        "--bootstrap",
                        broker.bootstrapServers(),
                        "--topic-prefix",
                        prefix,
                        "--kafka",
                        "interceptor.classes=" + KilledRedrive.class.getName(),
                        "--kafka",
                        KilledRedrive.AFTER + "=" + acknowledged)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start()
                .waitFor();
    }

    private static void mend(Path file, String from, String to) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Files.writeString(file, before.replace(from, to));
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record) {
        return text(record.headers().lastHeader("redriven").value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The lines about dead letters. */
    private static Told doctor(String prefix) {
        Told told = run(List.of("doctor", "--bootstrap", broker.bootstrapServers(), "--topic-prefix", prefix));
        return new Told(
                told.exit(),
                told.out().lines().filter(line -> line.contains("dead-letters")).collect(Collectors.joining("\n")),
                told.err());
    }

    private static Told redrive(String prefix, String... args) {
        List<String> all = new ArrayList<>(List.of("redrive"));
        all.addAll(List.of(args));
        all.addAll(List.of("--bootstrap", broker.bootstrapServers(), "--topic-prefix", prefix));
        return run(all);
    }

    private static Told run(List<String> args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Tillwatch.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit = line.execute(args.toArray(String[]::new));
        return new Told(exit, out.toString(), err.toString());
    }
}
