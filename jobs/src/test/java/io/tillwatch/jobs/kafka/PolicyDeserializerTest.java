package io.tillwatch.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.jobs.given.Seeds;
import io.tillwatch.jobs.policy.PolicyInbound;
import io.tillwatch.registry.RegistrySettings;
import io.tillwatch.rules.admission.Refusal.Code;
import io.tillwatch.rules.policy.PolicyChange;
import io.tillwatch.rules.policy.Setting;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Mode;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.wire.SingleObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the records of the policies. */
class PolicyDeserializerTest {

    private final PolicyDeserializer deserializer = new PolicyDeserializer(RegistrySettings.of(Map.of(), List.of()));

    @BeforeEach
    void open() {
        deserializer.open(null);
    }

    @Test
    void readsAChange() {
        Policy policy = Policy.newBuilder()
                .setScope("merchant:mer-1")
                .setCaptureWithin(5000L)
                .setRefundMode(Mode.OFF)
                .setOvercapturePercentSale(110)
                .build();

        assertThat(read("merchant:mer-1", bytes(policy)))
                .isEqualTo(new PolicyInbound(
                        new PolicyChange(
                                "merchant:mer-1",
                                Map.of(
                                        Setting.CAPTURE_WITHIN,
                                        5000L,
                                        Setting.REFUND_MODE,
                                        2L,
                                        Setting.OVERCAPTURE_PERCENT_SALE,
                                        110L)),
                        null));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void readsEachSettingByItsName(Setting setting) {
        Policy policy = Policy.newBuilder().setScope("*").build();
        Object value = setting.kind() == Setting.Kind.MODE
                ? Mode.APPROVAL
                : policy.getSchema()
                                .getField(setting.settingName())
                                .schema()
                                .toString()
                                .contains("\"int\"")
                        ? (Object) Math.toIntExact(setting.defaultValue())
                        : (Object) setting.defaultValue();
        policy.put(setting.settingName(), value);

        assertThat(read("*", bytes(policy)).change().settings())
                .isEqualTo(Map.of(setting, setting.kind() == Setting.Kind.MODE ? 1L : setting.defaultValue()));
    }

    @ParameterizedTest
    @CsvSource({"*", "acquirer:acq-1", "merchant:mer-1"})
    @DisplayName("a null value takes back what its scope had set")
    void readsANullValueAsAReturnToTheDefaults(String scope) {
        assertThat(read(scope, null)).isEqualTo(new PolicyInbound(new PolicyChange(scope, Map.of()), null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "*,acquirer:a,BAD_FIELD",
                "NULL,*,UNREADABLE",
                "'',*,UNREADABLE",
                "everybody,everybody,BAD_FIELD",
                "acquirer:,acquirer:,BAD_FIELD",
                "merchant:4111111111111111,merchant:4111111111111111,CARD_NUMBER",
            })
    void setsAChangeOfNoScopeAside(String key, String scope, Code expected) {
        byte[] value = bytes(Policy.newBuilder().setScope(scope).build());

        PolicyInbound inbound = read(key, value);

        assertThat(inbound.change()).isNull();
        DeadLetter letter = inbound.deadLetter();
        assertThat(letter.feed()).isEqualTo("policies");
        assertThat(letter.refusal().code()).isEqualTo(expected);
        assertThat(letter.value()).isEqualTo(expected == Code.CARD_NUMBER ? null : value);
        assertThat(letter.key()).isEqualTo(expected == Code.CARD_NUMBER ? null : Feeds.utf8(key));
    }

    @Test
    void saysEveryBoundThatAChangeBreaks() {
        Policy policy = Policy.newBuilder()
                .setScope("*")
                .setMatchGrace(-1L)
                .setOutcomeWithin(0L)
                .setForgetAfter(5L)
                .build();

        assertThat(read("*", bytes(policy)).deadLetter().refusal().reason())
                .contains("matchGrace: -1 is not in 0..")
                .contains("outcomeWithin: 0 is not in 1..")
                .contains("forgetAfter: 5 ms must exceed the longest window");
    }

    @Test
    void setsTheNullValueOfNoScopeAside() {
        PolicyInbound inbound = read("everybody", null);

        assertThat(inbound.change()).isNull();
        assertThat(inbound.deadLetter().value()).isNull();
    }

    @Test
    @DisplayName("no bytes are fatal")
    void takesWhateverComes() {
        byte[] good = bytes(Policy.newBuilder().setScope("*").setMatchGrace(5L).build());
        Random random = new Random(Seeds.of("policies of all kinds"));
        for (int i = 0; i < 5000; i++) {
            byte[] some = good.clone();
            some[random.nextInt(some.length)] = (byte) random.nextInt();
            PolicyInbound inbound = read("*", some);
            assertThat(inbound.change() == null).isNotEqualTo(inbound.deadLetter() == null);
        }
    }

    private static byte[] bytes(Policy policy) {
        return new SingleObject().writer(RecordType.POLICY).write(policy);
    }

    private PolicyInbound read(String key, byte[] value) {
        List<PolicyInbound> out = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>("tillwatch.policies", 0, 1, Feeds.utf8(key), value), new Collector<>() {
                    @Override
                    public void collect(PolicyInbound inbound) {
                        out.add(inbound);
                    }

                    @Override
                    public void close() {
                        // nothing is held
                    }
                });
        assertThat(out).hasSize(1);
        return out.get(0);
    }
}
