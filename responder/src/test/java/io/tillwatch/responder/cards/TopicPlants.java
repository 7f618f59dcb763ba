package io.tillwatch.responder.cards;

import io.tillwatch.responder.given.Commands;
import io.tillwatch.responder.people.Samples;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Action;
import io.tillwatch.schemas.record.Alert;
import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.SingleObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes card numbers into every text of what a responder reads from topics. */
final class TopicPlants {

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<String> numbers;
    private final Map<String, Integer> expected = new TreeMap<>();
    private int alerts;

    TopicPlants(KafkaProducer<byte[], byte[]> producer, List<String> numbers) {
        this.producer = producer;
        this.numbers = numbers;
    }

    /** How many commands must be refused, by code. */
    Map<String, Integer> refusedCommands() {
        return Map.copyOf(expected);
    }

    /** How many alerts must be passed over. */
    int refusedAlerts() {
        return alerts;
    }

    void plantAll() {
        for (String number : numbers) {
            for (Action action : List.of(Action.REVERSE, Action.RETRY_CAPTURE)) {
                Topic topic = action == Action.REVERSE ? Topic.REVERSAL_COMMANDS : Topic.RETRY_COMMANDS;
                plantInCommands(topic, action, number);
            }
            plantInAlerts(number);
        }
    }

    private void plantInCommands(Topic topic, Action action, String number) {
        Command clean = Commands.command("planted", "AUTHORIZATION_UNANSWERED:e-1", action)
                .build();
        for (Schema.Field field : texts(clean.getSchema())) {
            Command command = Command.newBuilder(clean).build();
            command.put(field.pos(), number);
            String key = field.name().equals("paymentId") ? number : "planted";
            send(topic, key, RecordType.COMMAND, command);
            expect(field.name().equals("currency") ? "BAD_CURRENCY" : "CARD_NUMBER");
        }
        for (Schema.Field field : texts(clean.getOriginal().getSchema())) {
            Command command = Command.newBuilder(clean).build();
            command.getOriginal().put(field.pos(), number);
            send(topic, "planted", RecordType.COMMAND, command);
            expect("CARD_NUMBER");
        }
        send(topic, number, RecordType.COMMAND, clean);
        expect("BAD_FIELD");
        write(topic, "planted", bytes(number));
        expect("UNREADABLE");
        write(topic, number, bytes("{\"commandId\": \"" + number + "\"}"));
        expect("UNREADABLE");
    }

    private void plantInAlerts(String number) {
        Alert clean = Samples.alert("planted", 1).build();
        for (Schema.Field field : texts(clean.getSchema())) {
            Alert alert = Alert.newBuilder(clean).build();
            alert.put(field.pos(), number);
            send(Topic.ALERTS, "planted", RecordType.ALERT, alert);
            alerts++;
        }
        write(Topic.ALERTS, number, bytes(number));
        alerts++;
    }

    private void expect(String code) {
        expected.merge(code, 1, Integer::sum);
    }

    private static List<Schema.Field> texts(Schema record) {
        return record.getFields().stream()
                .filter(field -> field.schema().getType() == Schema.Type.STRING
                        || (field.schema().isUnion()
                                && field.schema().getTypes().stream()
                                        .anyMatch(type -> type.getType() == Schema.Type.STRING)))
                .toList();
    }

    <T extends SpecificRecordBase> void send(Topic topic, String key, RecordType<T> type, T record) {
        write(topic, key, new SingleObject().writer(type).write(record));
    }

    private void write(Topic topic, String key, byte[] value) {
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic.name(Topic.DEFAULT_PREFIX), bytes(key), value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
