package io.tillwatch.jobs.policy;

import io.tillwatch.jobs.feed.DeadLetter;
import io.tillwatch.rules.policy.PolicyChange;

/** What one record of the policies comes to: a change, or a dead letter; the other is null. */
public record PolicyInbound(PolicyChange change, DeadLetter deadLetter) {}
