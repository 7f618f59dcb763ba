package io.tillwatch.responder.people;

import io.tillwatch.responder.journal.Audit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;

/** The audit as people read it, and whether it is whole. */
public final class AuditTrail {

    private final Jdbi jdbi;
    private final AtomicBoolean verifying = new AtomicBoolean();

    public AuditTrail(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The newest first.
     *
     * @param subject a commandId, {@code case:N}, {@code switch:SCOPE} or {@code budget:ACQUIRER}
     * @param before rows before this id
     */
    public Page<AuditRow> list(Optional<String> subject, Optional<String> person, OptionalLong before, int itemsMax) {
        Where where =
                new Where().and("subject = :subject", "subject", subject).and("person = :person", "person", person);
        if (before.isPresent()) {
            where.and("id < :before", "before", before.getAsLong());
        }
        List<AuditRow> found = jdbi.inTransaction(handle -> {
            handle.execute("SET LOCAL statement_timeout = '5s'");
            return where.bind(handle.createQuery(AuditRow.SELECT + where.sql() + " ORDER BY id DESC LIMIT :limit"))
                    .bind("limit", itemsMax + 1)
                    .map((row, context) -> AuditRow.of(row))
                    .list();
        });
        boolean more = found.size() > itemsMax;
        List<AuditRow> items = more ? found.subList(0, itemsMax) : found;
        return new Page<>(
                items, more ? Long.toString(items.get(items.size() - 1).id()) : null);
    }

    /**
     * Looks at every row. Empty if somebody else is having that done here: one at a time is enough.
     *
     * @param keptId the row whose hash was kept elsewhere, with keptHash in hexadecimal
     */
    public Optional<Audit.Verification> verify(OptionalLong keptId, Optional<String> keptHash) {
        if (!verifying.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            return Optional.of(jdbi.withHandle(handle -> Audit.verify(handle, keptId, keptHash)));
        } finally {
            verifying.set(false);
        }
    }
}
