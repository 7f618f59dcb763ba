package io.tillwatch.jobs.feed;

import io.tillwatch.rules.fact.Feed;
import io.tillwatch.schemas.RecordType;
import io.tillwatch.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecordBase;

/** Which records and topics the feeds are made of. */
public final class FeedTypes {

    private FeedTypes() {}

    public static RecordType<? extends SpecificRecordBase> recordType(Feed feed) {
        return switch (feed) {
            case AUTHORIZATIONS -> RecordType.AUTHORIZATION;
            case CAPTURES -> RecordType.CAPTURE;
            case SETTLEMENTS -> RecordType.SETTLEMENT;
            case REVERSALS -> RecordType.REVERSAL;
            case OUTCOMES -> RecordType.OUTCOME;
            case SUSPICIONS -> RecordType.SUSPICION;
        };
    }

    public static Topic topic(Feed feed) {
        return switch (feed) {
            case AUTHORIZATIONS -> Topic.AUTHORIZATIONS;
            case CAPTURES -> Topic.CAPTURES;
            case SETTLEMENTS -> Topic.SETTLEMENTS;
            case REVERSALS -> Topic.REVERSALS;
            case OUTCOMES -> Topic.OUTCOMES;
            case SUSPICIONS -> Topic.SUSPICIONS;
        };
    }

    /** Whether the clock waits for it: something is concluded from its silence. */
    public static boolean holdsTheClock(Feed feed) {
        return feed != Feed.SUSPICIONS;
    }
}
