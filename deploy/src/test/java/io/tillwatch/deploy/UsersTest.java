package io.tillwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.tillwatch.cli.doctor.Role;
import io.tillwatch.jobs.duplicates.DuplicatesJob;
import io.tillwatch.jobs.lifecycle.LifecycleJob;
import io.tillwatch.responder.kafka.KafkaSettings;
import io.tillwatch.responder.people.AlertReader;
import io.tillwatch.schemas.topic.Topic;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each program may do in Kafka what it must, and nothing more. */
class UsersTest {

    private static final Set<AclOperation> LOOKING = EnumSet.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);

    @ParameterizedTest
    @EnumSource(Role.class)
    void mayDoWithTopicsWhatDoctorLooksForAndNoMore(Role role) {
        KafkaUser user = user(role.name().toLowerCase(Locale.ROOT));
        for (Topic topic : Topic.values()) {
            Set<AclOperation> may = Users.bindings(user).stream()
                    .filter(acl -> acl.pattern().resourceType() == ResourceType.TOPIC
                            && acl.pattern().name().equals(topic.name(Topic.DEFAULT_PREFIX)))
                    .map(acl -> acl.entry().operation())
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(AclOperation.class)));
            assertThat(may.isEmpty() || may.contains(AclOperation.DESCRIBE))
                    .as("%s sees %s if it may do something with it", role, topic)
                    .isTrue();
            may.removeAll(LOOKING);
            assertThat(may).as("%s with %s", role, topic).isEqualTo(role.needs(topic));
        }
    }

    @Test
    void areThoseOfTheRolesAndWhoeverBringsPaymentsIn() {
        Set<String> names = Arrays.stream(Role.values())
                .map(role -> "tillwatch-" + role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        names.add("tillwatch-feeds");
        assertThat(Users.all())
                .extracting(user -> user.getMetadata().getName())
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void letsOnlyTheJobsCommandAndOnlyRespondersSayHowItEnded() {
        assertThat(writers(Topic.REVERSAL_COMMANDS)).containsExactly("User:tillwatch-jobs");
        assertThat(writers(Topic.RETRY_COMMANDS)).containsExactly("User:tillwatch-jobs");
        assertThat(writers(Topic.ALERTS)).containsExactly("User:tillwatch-jobs");
        assertThat(writers(Topic.POLICIES)).containsExactly("User:tillwatch-console");
        // A pulse has no value, and is no outcome.
        // And what was refused comes back by a person's hand.
        assertThat(writers(Topic.OUTCOMES))
                .containsExactly("User:tillwatch-pulse", "User:tillwatch-redrive", "User:tillwatch-responder");
    }

    @Test
    void readInTheGroupsThatTheProgramsName() {
        assertThat(groups("jobs")).containsExactly(DuplicatesJob.NAME, LifecycleJob.NAME);
        assertThat(groups("responder")).containsExactly(KafkaSettings.GROUP_DEFAULT, AlertReader.GROUP);
        assertThat(groups("notifier")).containsExactly("tillwatch-notifier.");
        assertThat(groups("console")).isEmpty();
        assertThat(groups("pulse")).isEmpty();
    }

    @Test
    void mayChangeNothingOfTheClusterItself() {
        assertThat(Users.all().stream().flatMap(user -> Users.bindings(user).stream()))
                .allSatisfy(acl -> assertThat(acl.entry().operation())
                        .isIn(
                                AclOperation.READ,
                                AclOperation.WRITE,
                                AclOperation.DESCRIBE,
                                AclOperation.DESCRIBE_CONFIGS));
    }

    private static KafkaUser user(String name) {
        return Users.all().stream()
                .filter(user -> user.getMetadata().getName().equals("tillwatch-" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no user tillwatch-" + name));
    }

    private static List<String> writers(Topic topic) {
        return Users.all().stream()
                .flatMap(user -> Users.bindings(user).stream())
                .filter(acl -> acl.pattern().name().equals(topic.name(Topic.DEFAULT_PREFIX))
                        && acl.entry().operation() == AclOperation.WRITE)
                .map(acl -> acl.entry().principal())
                .sorted()
                .toList();
    }

    private static List<String> groups(String user) {
        return Users.bindings(user(user)).stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.GROUP)
                .map(AclBinding::pattern)
                .map(pattern -> pattern.name())
                .distinct()
                .sorted()
                .toList();
    }
}
