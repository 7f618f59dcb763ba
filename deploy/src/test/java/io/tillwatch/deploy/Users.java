package io.tillwatch.deploy;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The users of the manifests, and what Strimzi's user operator tells Kafka of them. */
final class Users {

    private Users() {}

    static List<KafkaUser> all() {
        return Manifests.ofKind(Manifests.base(), "KafkaUser", KafkaUser.class);
    }

    static List<AclBinding> bindings(KafkaUser user) {
        List<AclBinding> bindings = new ArrayList<>();
        KafkaUserAuthorizationSimple simple =
                (KafkaUserAuthorizationSimple) user.getSpec().getAuthorization();
        for (AclRule rule : simple.getAcls()) {
            for (io.strimzi.api.kafka.model.user.acl.AclOperation operation : rule.getOperations()) {
                bindings.add(new AclBinding(
                        pattern(rule),
                        new AccessControlEntry(
                                "User:" + user.getMetadata().getName(),
                                "*",
                                operation(operation.toString()),
                                AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }

    private static ResourcePattern pattern(AclRule rule) {
        if (rule.getResource() instanceof AclRuleTopicResource topic) {
            return pattern(
                    ResourceType.TOPIC, topic.getName(), topic.getPatternType().toValue());
        }
        if (rule.getResource() instanceof AclRuleGroupResource group) {
            return pattern(
                    ResourceType.GROUP, group.getName(), group.getPatternType().toValue());
        }
        if (rule.getResource() instanceof AclRuleTransactionalIdResource transactions) {
            return pattern(
                    ResourceType.TRANSACTIONAL_ID,
                    transactions.getName(),
                    transactions.getPatternType().toValue());
        }
        throw new AssertionError("nobody needs more than topics, groups and transactions: " + rule.getResource());
    }

    private static ResourcePattern pattern(ResourceType type, String name, String pattern) {
        return new ResourcePattern(type, name, pattern.equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL);
    }

    /** Strimzi writes what Kafka calls DESCRIBE_CONFIGS without the line between. */
    private static AclOperation operation(String strimzi) {
        for (AclOperation one : AclOperation.values()) {
            if (one.name().replace("_", "").equalsIgnoreCase(strimzi)) {
                return one;
            }
        }
        throw new AssertionError(strimzi + " is no operation");
    }
}
