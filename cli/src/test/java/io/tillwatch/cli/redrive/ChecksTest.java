package io.tillwatch.cli.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.registry.Wire;
import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.json.JsonLines;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters become parcels, or there is a reason. */
class ChecksTest {

    private static final JsonLines<Settlement> LINES = JsonLines.of(RecordType.SETTLEMENT);

    private final Checks checks = new Checks(Wire.withoutRegistry(), Topic.DEFAULT_PREFIX, List.of(), Refused.NOW);
    private final List<String> problems = new ArrayList<>();

    @Test
    void takesARecordThatWasPutRightAndSaysWhatMoneyChanged() {
        Letter letter = Refused.letter(Refused.settlement("p-1").setAmount(0).build());
        Parcel parcel = mended(
                        letter, LINES.writeString(Refused.settlement("p-1").build()), false)
                .orElseThrow();
        assertThat(parcel.money()).containsExactly("amount 0 → 1250");
        assertThat(parcel.identity()).isEmpty();
        assertThat(parcel.mended()).isTrue();
        assertThat(parcel.key()).isEqualTo(Refused.utf8("p-1"));
        assertThat(Refused.decoded(Feed.SETTLEMENTS, parcel.value()))
                .isEqualTo(Refused.settlement("p-1").build());
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            amount       | -3                 | would be refused again: BAD_AMOUNT amount: is not in 1..10^12
            amount       | 1.5                | record.amount: expected a whole number of 64 bits
            amount       | "1250"       | record.amount: expected a whole number of 64 bits
            currency     | "GPB"        | would be refused again: BAD_CURRENCY currency: is no ISO 4217 code in use
            merchantId   | ""           | would be refused again: BAD_FIELD merchantId: is empty
            status       | "PAID"       | record.status: expected one of SETTLED, REJECTED
            occurredAt   | 1                  | would be refused again: BAD_TIME occurredAt: is more than 40 days before the arrival
            terminalId   | "4111111111111111" | would be refused again: CARD_NUMBER terminalId: holds a card number
            ammount      | 1250               | record.ammount: Settlement has no such field
            arrivedAt    | 1772452800000      | record.arrivedAt: Settlement has no such field
            paymentId    | "p-2"        | is another record than what had come in (paymentId p-1 → p-2)
            eventId      | "other"      | is another record than what had come in (eventId p-1-s → other)
            paymentId    | null               | record.paymentId: expected a string
            """)
    void refusesWhatTheJobsWouldRefuseAndWhatIsAnotherRecord(String field, String json, String problem)
            throws IOException {
        Letter letter = Refused.letter(Refused.settlement("p-1").setAmount(0).build());
        ObjectNode record = (ObjectNode) new ObjectMapper()
                .readTree(LINES.write(Refused.settlement("p-1").build()));
        record.set(field, new ObjectMapper().readTree(json));
        assertThat(mended(letter, record.toString(), false)).isEmpty();
        assertThat(problems)
                .anySatisfy(said -> assertThat(said)
                        .startsWith("line 5: settlements:0:7: ")
                        .contains(problem)
                        .doesNotContain("4111111111111111"));
    }

    @Test
    void takesAnotherIdentityWhereThatIsMeant() {
        Letter letter = Refused.letter(Refused.settlement("p-1").setAmount(0).build());
        Parcel parcel = mended(
                        letter,
                        LINES.writeString(Refused.settlement("p-2")
                                .setEventId("p-1-s")
                                .setAmount(0)
                                .setAmount(1250)
                                .build()),
                        true)
                .orElseThrow();
        assertThat(parcel.identity()).containsExactly("paymentId p-1 → p-2");
        assertThat(parcel.key()).isEqualTo(Refused.utf8("p-2"));
    }

    @Test
    void asksForTheIdentityOfWhatHadNoneThatCanBeTold() {
        Letter letter = Refused.letter(Feed.SETTLEMENTS, 7, null, bytesThatNobodyReads());
        String record = LINES.writeString(Refused.settlement("p-1").build());
        assertThat(mended(letter, record, false)).isEmpty();
        assertThat(problems).singleElement().asString().contains("paymentId ? → p-1");
        problems.clear();
        assertThat(mended(letter, record, true)).isPresent();
    }

    @Test
    void holdsAllMoneyOfWhatCannotBeReadForChanged() {
        Letter letter = Refused.letter(Feed.SETTLEMENTS, 7, Refused.utf8("p-1"), bytesThatNobodyReads());
        Parcel parcel = mended(
                        letter, LINES.writeString(Refused.settlement("p-1").build()), false)
                .orElseThrow();
        assertThat(parcel.money()).containsExactly("amount ? → 1250", "currency ? → GBP", "fee ? → 0");
    }

    @Test
    void putsTheRecordUnderItsPaymentsKeyWhereThatWasTheFault() {
        Settlement record = Refused.settlement("p-1").build();
        Letter letter = Refused.letter(Feed.SETTLEMENTS, 7, Refused.utf8("p-9"), Refused.bytes(record));
        assertThat(letter.reason()).isEqualTo("paymentId: differs from the record's key");
        assertThat(mended(letter, LINES.writeString(record), false)).isEmpty();
        assertThat(problems).singleElement().asString().contains("paymentId p-9 → p-1");
        problems.clear();
        Parcel parcel = mended(letter, LINES.writeString(record), true).orElseThrow();
        assertThat(parcel.mended()).isFalse();
        assertThat(parcel.key()).isEqualTo(Refused.utf8("p-1"));
    }

    @Test
    void refusesALetterThatIsNotThere() {
        assertThat(mended(null, "{}", false)).isEmpty();
        assertThat(problems).singleElement().asString().contains("is no dead letter here");
    }

    @Test
    void sendsNeitherPoliciesNorToFeedsThatItDoesNotKnow() {
        for (String feed : List.of("policies", "chargebacks")) {
            Letter letter = new Letter(
                    new LetterId(feed, 0, 7, Refused.NOW), "UNREADABLE", "", Refused.utf8("k"), Refused.utf8("v"));
            assertThat(checks.asIs(letter)).isInstanceOf(Checks.AsIs.RefusedAgain.class);
            problems.clear();
            assertThat(mended(letter, "{}", false)).isEmpty();
            assertThat(problems)
                    .singleElement()
                    .asString()
                    .contains(feed.equals("policies") ? "write it anew in the console" : "knows no such feed");
        }
    }

    @Test
    void refusesAgainWhatStaysWrong() {
        assertThat(checks.asIs(
                        Refused.letter(Refused.settlement("p-1").setAmount(0).build())))
                .isEqualTo(new Checks.AsIs.RefusedAgain(
                        new LetterId("settlements", 0, 7, Refused.NOW), "BAD_AMOUNT amount: is not in 1..10^12"));
        Letter card = Refused.letter(
                Refused.settlement("p-1").setTerminalId("4111111111111111").build());
        assertThat(checks.asIs(card))
                .isEqualTo(new Checks.AsIs.RefusedAgain(
                        new LetterId("settlements", 0, 7, Refused.NOW),
                        "its bytes were not kept: they held a card number"));
    }

    @Test
    void sendsByteForByteWhatANewerWriterWroteOnceItsSchemaIsKnown() throws IOException {
        byte[] value = NewerWriter.written(Refused.settlement("p-1").build());
        Letter letter = Refused.letter(Feed.SETTLEMENTS, 7, Refused.utf8("p-1"), value);
        assertThat(letter.error()).isEqualTo("UNREADABLE");
        assertThat(checks.asIs(letter)).isInstanceOf(Checks.AsIs.RefusedAgain.class);

        Checks knowing =
                new Checks(Wire.withoutRegistry(), Topic.DEFAULT_PREFIX, List.of(NewerWriter.SCHEMA), Refused.NOW);
        assertThat(knowing.asIs(letter)).isInstanceOfSatisfying(Checks.AsIs.Taken.class, taken -> {
            assertThat(taken.parcel().value()).isEqualTo(value);
            assertThat(taken.parcel().eventId()).isEqualTo("p-1-s");
        });
        // So does a line of the file that nobody touched.
        Parcel untouched = knowing.mended(
                        line(
                                letter.id(),
                                LINES.writeString(Refused.settlement("p-1").build())),
                        letter,
                        false,
                        problems)
                .orElseThrow();
        assertThat(untouched.value()).isEqualTo(value);
        assertThat(untouched.mended()).isFalse();
        assertThat(untouched.money()).isEmpty();
    }

    @Test
    void readsWhatASenderWroteAsJson() {
        Settlement record = Refused.settlement("p-1").build();
        Letter letter = Refused.letter(Feed.SETTLEMENTS, 7, Refused.utf8("p-1"), LINES.write(record));
        assertThat(checks.original(letter)).isEqualTo(new Original.Known(record, true));
        Parcel parcel = mended(letter, LINES.writeString(record), false).orElseThrow();
        assertThat(parcel.money()).isEmpty();
        assertThat(parcel.value()).isEqualTo(Refused.bytes(record));
    }

    @Test
    void tellsNothingOfALetterWithACardNumberWhoeverWroteIt() {
        Settlement record =
                Refused.settlement("p-1").setTerminalId("4111111111111111").build();
        LetterId id = new LetterId("settlements", 0, 7, Refused.NOW);
        for (byte[] value :
                List.of(Refused.bytes(record), Refused.utf8("no record, but 4111 1111 1111 1111 is in it"))) {
            Letter forged = new Letter(id, "UNREADABLE", "", Refused.utf8("p-1"), value);
            assertThat(checks.original(forged)).isEqualTo(new Original.Withheld());
        }
    }

    private Optional<Parcel> mended(Letter letterOrNull, String record, boolean changedIdentity) {
        LetterId id = letterOrNull == null ? new LetterId("settlements", 0, 7, Refused.NOW) : letterOrNull.id();
        return checks.mended(line(id, record), letterOrNull, changedIdentity, problems);
    }

    private static LetterFile.Line line(LetterId id, String record) {
        try {
            return new LetterFile.Line(5, id, (ObjectNode) new ObjectMapper().readTree(record));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytesThatNobodyReads() {
        return new byte[] {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 1};
    }
}
