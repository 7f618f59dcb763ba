package io.tillwatch.traffic.feed;

import io.tillwatch.registry.Wire;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.record.Authorization;
import io.tillwatch.schemas.record.Capture;
import io.tillwatch.schemas.record.Policy;
import io.tillwatch.schemas.record.Reversal;
import io.tillwatch.schemas.record.Settlement;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.schemas.wire.RecordWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Turns records of feeds and policies into letters. For one thread. */
public final class Letters {

    private final RecordWriter<Authorization> authorizations;
    private final RecordWriter<Capture> captures;
    private final RecordWriter<Settlement> settlements;
    private final RecordWriter<Reversal> reversals;
    private final RecordWriter<Policy> policies;

    /** In single-object encoding. */
    public Letters() {
        this(Wire.withoutRegistry(), Topic.DEFAULT_PREFIX);
    }

    /** In the format that is configured. */
    public Letters(Wire wire, String topicPrefix) {
        authorizations = wire.writer(RecordType.AUTHORIZATION, Topic.AUTHORIZATIONS.name(topicPrefix));
        captures = wire.writer(RecordType.CAPTURE, Topic.CAPTURES.name(topicPrefix));
        settlements = wire.writer(RecordType.SETTLEMENT, Topic.SETTLEMENTS.name(topicPrefix));
        reversals = wire.writer(RecordType.REVERSAL, Topic.REVERSALS.name(topicPrefix));
        policies = wire.writer(RecordType.POLICY, Topic.POLICIES.name(topicPrefix));
    }

    /** The letter that holds a record; one of another type is a bug. */
    public Letter of(SpecificRecordBase record) {
        if (record instanceof Authorization a) {
            return new Letter(Topic.AUTHORIZATIONS, a.getPaymentId(), authorizations.write(a));
        } else if (record instanceof Capture c) {
            return new Letter(Topic.CAPTURES, c.getPaymentId(), captures.write(c));
        } else if (record instanceof Settlement s) {
            return new Letter(Topic.SETTLEMENTS, s.getPaymentId(), settlements.write(s));
        } else if (record instanceof Reversal r) {
            return new Letter(Topic.REVERSALS, r.getPaymentId(), reversals.write(r));
        } else if (record instanceof Policy p) {
            return new Letter(Topic.POLICIES, p.getScope(), policies.write(p));
        }
        throw new IllegalArgumentException(record.getSchema().getName() + " is no record of a feed");
    }

    /** The letter that holds a spoiled authorization or settlement. */
    public Letter of(SpecificRecordBase record, Flaw flaw) {
        Letter letter;
        if (record instanceof Authorization a) {
            letter = of(flaw.spoil(a));
        } else if (record instanceof Settlement s) {
            letter = of(flaw.spoil(s));
        } else {
            throw new IllegalArgumentException(
                    "records of " + record.getSchema().getName() + " are not spoiled");
        }
        return new Letter(letter.topic(), letter.paymentId(), flaw.spoil(letter.value()));
    }
}
