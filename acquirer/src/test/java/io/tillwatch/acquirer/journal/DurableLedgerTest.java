package io.tillwatch.acquirer.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.acquirer.ledger.Action;
import io.tillwatch.acquirer.ledger.Event;
import io.tillwatch.acquirer.ledger.Instruction;
import io.tillwatch.acquirer.ledger.PaymentBooks;
import io.tillwatch.acquirer.ledger.Tier;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableLedgerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_767_225_600_000L), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private DurableLedger open() {
        return new DurableLedger(
                directory, Map.of("acq-2", Tier.B), Duration.ofHours(1), CLOCK, Runnable::run, failure -> {
                    throw new AssertionError(failure);
                });
    }

    private static Event sale(String paymentId) {
        return new Event(
                Event.Type.AUTHORIZED,
                null,
                "acq-1",
                paymentId,
                "m-1",
                null,
                "000001",
                null,
                null,
                null,
                1_000_000,
                "EUR",
                Event.Kind.SALE,
                false,
                null,
                1);
    }

    private static Instruction reversal(String key, String paymentId, long amount) {
        return new Instruction("acq-1", key, Action.REVERSE, paymentId, null, amount, "EUR", "000001", null);
    }

    private Path journal() {
        return directory.resolve("ledger.journal");
    }

    @Test
    void isTheSameAfterItIsOpenedAgain() {
        List<PaymentBooks> before;
        try (DurableLedger ledger = open()) {
            ledger.happened(List.of(sale("p-1"), sale("p-2"))).join();
            ledger.instruct(reversal("k-1", "p-1", 400)).join();
            ledger.instruct(reversal("k-2", "p-9", 400)).join();
            before = ledger.books().join();
        }

        try (DurableLedger ledger = open()) {
            assertThat(ledger.books().join()).isEqualTo(before).hasSize(2);
            assertThat(ledger.effects(0, 10).join()).hasSize(1);
            assertThat(ledger.starts()).isEqualTo(2);
            Outcome again = ledger.instruct(reversal("k-1", "p-1", 400)).join();
            assertThat(again).isInstanceOf(Outcome.Done.class);
            assertThat(((Outcome.Done) again).before()).isTrue();
            ledger.happened(List.of(sale("p-9"))).join();
            assertThat(ledger.instruct(reversal("k-2", "p-9", 400)).join())
                    .as("a decline stays bound to its key")
                    .isInstanceOf(Outcome.Declined.class);
        }
    }

    @Test
    void cutsOffALastLineThatIsNotWhole() throws IOException {
        try (DurableLedger ledger = open()) {
            ledger.happened(List.of(sale("p-1"), sale("p-2"))).join();
        }
        long whole = Files.size(journal());
        for (long torn = whole - 1; torn > whole - 60; torn -= 7) {
            try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
                file.setLength(torn);
            }
            try (DurableLedger ledger = open()) {
                assertThat(ledger.books().join()).hasSize(1);
                ledger.happened(List.of(sale("p-2"))).join();
                assertThat(ledger.books().join()).hasSize(2);
            }
            try (DurableLedger ledger = open()) {
                assertThat(ledger.books().join()).hasSize(2);
            }
            byte[] bytes = Files.readAllBytes(journal());
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.indexOf("\n", text.indexOf("p-2")) + 1;
            Files.write(journal(), Arrays.copyOf(bytes, end));
            assertThat(end).isGreaterThan(60);
        }
    }

    @Test
    void refusesAJournalThatIsDamagedBeforeItsEnd() throws IOException {
        try (DurableLedger ledger = open()) {
            ledger.happened(List.of(sale("p-1"), sale("p-2"))).join();
        }
        String text = Files.readString(journal());
        Files.writeString(journal(), text.replace("p-1", "p-3"));

        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining("damaged at byte");
    }

    @Test
    void writesManyEffectsTogether() {
        int effects = 5_000;
        try (DurableLedger ledger = open()) {
            ledger.happened(List.of(sale("p-1"))).join();
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < effects; i++) {
                answers.add(ledger.instruct(reversal("k-" + i, "p-1", 1)));
            }
            assertThat(answers.stream().map(CompletableFuture::join))
                    .allMatch(Outcome.Done.class::isInstance)
                    .hasSize(effects);
            assertThat(ledger.effects(effects - 1, 10).join()).hasSize(1);
            assertThat(ledger.effects(effects, 10).join()).isEmpty();
        }
        try (DurableLedger ledger = open()) {
            assertThat(ledger.books().join().get(0).held()).isEqualTo(1_000_000 - effects);
        }
    }
}
