package io.tillwatch.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaymentsTest {

    private static final int MANY = 50_000;

    /** Keeps all records, and works out by itself what is wrong with them. */
    private static final class Kept implements RecordSink {

        private final List<Long> times = new ArrayList<>();
        private final Map<String, Authorization> authorizations = new HashMap<>();
        private final Map<String, Capture> captures = new HashMap<>();
        private final Map<String, Settlement> settlements = new HashMap<>();
        private final Map<String, List<Authorization>> alike = new HashMap<>();

        @Override
        public void write(Authorization authorization, long atMillis) {
            times.add(atMillis);
            authorizations.put(authorization.getPaymentId(), authorization);
            String purchase = authorization.getCardToken() + authorization.getMerchantId() + authorization.getAmount();
            alike.computeIfAbsent(purchase, key -> new ArrayList<>()).add(authorization);
        }

        @Override
        public void write(Capture capture, long atMillis) {
            times.add(atMillis);
            captures.put(capture.getPaymentId(), capture);
        }

        @Override
        public void write(Settlement settlement, long atMillis) {
            times.add(atMillis);
            settlements.put(settlement.getPaymentId(), settlement);
        }

        Set<Finding> wrong() {
            Set<Finding> wrong = new TreeSet<>();
            for (String id : authorizations.keySet()) {
                Capture capture = captures.get(id);
                Settlement settlement = settlements.get(id);
                if (capture == null) {
                    wrong.add(new Finding(Detection.CAPTURE_OVERDUE, id));
                } else if (settlement == null) {
                    wrong.add(new Finding(Detection.SETTLEMENT_OVERDUE, id));
                } else if (settlement.getAmount() != capture.getAmount()) {
                    wrong.add(new Finding(Detection.SETTLEMENT_AMOUNT_MISMATCH, id));
                }
            }
            alike.values()
                    .forEach(some -> some.stream()
                            .skip(1)
                            .map(again -> new Finding(Detection.DUPLICATE_AUTHORIZATION, again.getPaymentId()))
                            .forEach(wrong::add));
            return wrong;
        }
    }

    @Test
    void tellsTheTruthAboutItsRecords() throws IOException {
        Kept kept = new Kept();
        Truth truth = new Payments(new Plan(7, MANY, 7)).write(kept);

        assertThat(new TreeSet<>(truth.findings())).isEqualTo(kept.wrong());
    }

    @Test
    void makesAsManyFaultsAsItSays() throws IOException {
        Truth truth = new Payments(new Plan(7, MANY, 7)).write(new Kept());

        Map<Detection, Long> counts =
                truth.findings().stream().collect(Collectors.groupingBy(Finding::detection, Collectors.counting()));
        assertThat(counts.get(Detection.CAPTURE_OVERDUE)).isCloseTo(MANY / 100, within(100L));
        assertThat(counts.get(Detection.SETTLEMENT_OVERDUE)).isCloseTo(MANY / 100, within(100L));
        assertThat(counts.get(Detection.DUPLICATE_AUTHORIZATION)).isCloseTo(MANY / 200, within(80L));
        assertThat(counts.get(Detection.SETTLEMENT_AMOUNT_MISMATCH)).isCloseTo(MANY / 500, within(50L));
    }

    @Test
    void givesTheSameRecordsForTheSameSeedAndOthersForAnother() throws IOException {
        Kept one = new Kept();
        Kept same = new Kept();
        Kept other = new Kept();
        new Payments(new Plan(3, 1_000, 7)).write(one);
        new Payments(new Plan(3, 1_000, 7)).write(same);
        new Payments(new Plan(4, 1_000, 7)).write(other);

        assertThat(same.authorizations).isEqualTo(one.authorizations);
        assertThat(same.settlements).isEqualTo(one.settlements);
        assertThat(same.times).isEqualTo(one.times);
        assertThat(other.authorizations).isNotEqualTo(one.authorizations);
    }

    @Test
    void keepsTimeAscendingAndWaitsShorterThanTheWindows() throws IOException {
        Kept kept = new Kept();
        new Payments(new Plan(5, MANY, 7)).write(kept);

        assertThat(kept.times).isSorted();
        kept.captures.forEach((id, capture) -> {
            Settlement settlement = kept.settlements.get(id);
            assertThat(Duration.between(kept.authorizations.get(id).getOccurredAt(), capture.getOccurredAt()))
                    .isBetween(Duration.ofSeconds(1), Duration.ofHours(3));
            if (settlement != null) {
                assertThat(Duration.between(capture.getOccurredAt(), settlement.getOccurredAt()))
                        .isBetween(Duration.ofHours(1), Duration.ofHours(30));
            }
        });
    }

    @Test
    void refusesAPlanWithAllThatIsWrongWithIt() {
        assertThatThrownBy(() -> new Plan(1, 0, 0))
                .hasMessageContaining("payments: 0")
                .hasMessageContaining("days: 0");
    }
}
