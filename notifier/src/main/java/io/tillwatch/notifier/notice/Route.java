package io.tillwatch.notifier.notice;

import io.tillwatch.schemas.record.AlertType;
import io.tillwatch.schemas.record.Severity;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which alerts a destination is told of: those that are in every set that is not empty.
 *
 * @param severityMin this or a worse one
 */
public record Route(Severity severityMin, Set<AlertType> types, Set<String> acquirers, Set<String> merchants) {

    /** Whose severity changes while they stand: a suspected duplicate may turn out to be an exact one, and back. */
    private static final Set<AlertType> SEVERITY_CHANGES = EnumSet.of(AlertType.DUPLICATE_AUTHORIZATION);

    public Route {
        types = Set.copyOf(types);
        acquirers = Set.copyOf(acquirers);
        merchants = Set.copyOf(merchants);
    }

    /** All of them. */
    public static Route everything() {
        return new Route(Severity.INFO, Set.of(), Set.of(), Set.of());
    }

    /** Whether the alert, as it stands in this notice, is for this destination. */
    public boolean takes(Notice notice) {
        return takesApartFromSeverity(notice) && notice.severity().compareTo(severityMin) >= 0;
    }

    /**
     * Whether the change is to be told to someone who remembers what was told before. Where the severity of a type may fall,
     * whoever was told of the worse one must hear of that too, and of the end.
     */
    public boolean tells(Notice notice) {
        boolean mayHaveBeenWorse = notice.revision() > 1 && SEVERITY_CHANGES.contains(notice.type());
        return mayHaveBeenWorse ? takesApartFromSeverity(notice) : takes(notice);
    }

    private boolean takesApartFromSeverity(Notice notice) {
        return (types.isEmpty() || types.contains(notice.type()))
                && (acquirers.isEmpty()
                        || notice.acquirerId().filter(acquirers::contains).isPresent())
                && (merchants.isEmpty()
                        || notice.merchantId().filter(merchants::contains).isPresent());
    }
}
