package io.tillwatch.responder.doctor;

import io.tillwatch.responder.acquirer.Inquiry;
import io.tillwatch.responder.acquirer.InquiryAnswer;
import io.tillwatch.responder.acquirer.Target;
import io.tillwatch.responder.engine.Acquirers;
import io.tillwatch.responder.engine.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks each acquirer about a payment that there is not, if its profile says that it answers inquiries. Changes nothing there. */
public final class AcquirerExamination {

    private static final String NOBODY = "doctor";

    private AcquirerExamination() {}

    /** One for each profile. */
    public static List<Finding> findings(Map<String, Connection> connections) {
        return new TreeMap<>(connections)
                .entrySet().stream()
                        .map(connection -> finding(connection.getKey(), connection.getValue()))
                        .toList();
    }

    private static Finding finding(String acquirerId, Connection connection) {
        String subject = "acquirer " + acquirerId;
        String wanted = "an answer to an inquiry about a payment that there is not";
        if (!connection.profile().answersInquiries()) {
            return Finding.of(true, subject, "answers no inquiries, so it was not asked", "as its contract says", "");
        }
        String id = acquirerId.equals(Acquirers.OTHERS) ? NOBODY : acquirerId;
        InquiryAnswer answer = connection
                .acquirer()
                .inquire(new Inquiry(NOBODY, new Target(NOBODY, id, NOBODY, null, null, null, null, null, null, null)));
        if (answer instanceof InquiryAnswer.Unknown unknown) {
            return Finding.of(
                    false,
                    subject,
                    "no answer that can be relied on: " + unknown.reason(),
                    wanted,
                    "look at its adapter in the configuration, the network between, and certificates");
        }
        return Finding.of(
                !(answer instanceof InquiryAnswer.Unsupported),
                subject,
                answer instanceof InquiryAnswer.Unsupported ? "says that it answers no inquiries" : "answers",
                wanted,
                "set answersInquiries: false in its profile, or ask the acquirer for them");
    }
}
