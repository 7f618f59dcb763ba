package io.tillwatch.notifier.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.notifier.given.Alerts;
import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Severity;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static Notice notice(Severity severity, int revision, AlertType type) {
        return Notice.of(Alerts.raised("p-1", revision)
                .setSeverity(severity)
                .setType(type)
                .build());
    }

    private static Route route(Severity min, Set<AlertType> types, Set<String> acquirers, Set<String> merchants) {
        return new Route(min, types, acquirers, merchants);
    }

    @Test
    void takesWhatIsInEverySetThatIsNotEmpty() {
        Notice notice = notice(Severity.WARNING, 1, AlertType.CAPTURE_OVERDUE);

        assertThat(Route.everything().takes(notice)).isTrue();
        assertThat(route(Severity.WARNING, Set.of(AlertType.CAPTURE_OVERDUE), Set.of("acq-1"), Set.of("m-1", "m-2"))
                        .takes(notice))
                .isTrue();
        assertThat(route(Severity.CRITICAL, Set.of(), Set.of(), Set.of()).takes(notice))
                .isFalse();
        assertThat(route(Severity.INFO, Set.of(AlertType.CAPTURE_FAILED), Set.of(), Set.of())
                        .takes(notice))
                .isFalse();
        assertThat(route(Severity.INFO, Set.of(), Set.of("acq-2"), Set.of()).takes(notice))
                .isFalse();
        assertThat(route(Severity.INFO, Set.of(), Set.of("acq-1"), Set.of("m-2"))
                        .takes(notice))
                .isFalse();
    }

    @Test
    void whoWasToldOfTheWorseOneHearsThatItIsLessBad() {
        Route critical = route(Severity.CRITICAL, Set.of(), Set.of(), Set.of());

        assertThat(critical.tells(notice(Severity.WARNING, 1, AlertType.DUPLICATE_AUTHORIZATION)))
                .isFalse();
        assertThat(critical.tells(notice(Severity.WARNING, 2, AlertType.DUPLICATE_AUTHORIZATION)))
                .isTrue();
        assertThat(critical.tells(notice(Severity.WARNING, 2, AlertType.CAPTURE_OVERDUE)))
                .isFalse();
    }
}
