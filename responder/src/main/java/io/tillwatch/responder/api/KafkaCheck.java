package io.tillwatch.responder.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Whether Kafka answers. The client is the caller's to close. */
public final class KafkaCheck implements Health.Check {

    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final Admin admin;

    public KafkaCheck(Admin admin) {
        this.admin = admin;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public Optional<String> problem() {
        try {
            DescribeClusterOptions within = new DescribeClusterOptions().timeoutMs((int) WITHIN.toMillis());
            boolean brokers = !admin.describeCluster(within)
                    .nodes()
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
            return brokers ? Optional.empty() : Optional.of("has no broker");
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("does not answer within " + WITHIN.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("was not waited for");
        }
    }
}
