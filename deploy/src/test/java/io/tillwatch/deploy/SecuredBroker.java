package io.tillwatch.deploy;

import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.tillwatch.broker.BrokerSettings;
import io.tillwatch.broker.KafkaBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A real broker as Strimzi makes one of the manifests: TLS, SCRAM, and the users with what each may do. Whoever is
 * unknown comes in by another door and may do all, as an operator does.
 */
final class SecuredBroker implements AutoCloseable {

    private static final int ITERATIONS = 4096;

    private final KafkaBroker broker;
    private final Admin admin;
    private final String forUsers;

    SecuredBroker(Path directory, Path keystore) throws IOException, InterruptedException, ExecutionException {
        int plain = freePort();
        int controller = freePort();
        int users = freePort();
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + plain + ",CONTROLLER://127.0.0.1:" + controller + ",USERS://127.0.0.1:"
                        + users);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + plain + ",USERS://127.0.0.1:" + users);
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,USERS:SASL_SSL");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS");
        settings.put("listener.name.users.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.users.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("listener.name.users.ssl.keystore.type", "PKCS12");
        settings.put("listener.name.users.ssl.keystore.location", keystore.toString());
        settings.put("listener.name.users.ssl.keystore.password", Secrets.PASSWORD);
        BrokerSettings all = BrokerSettings.in(directory)
                .withPort(plain)
                .withHeapMegabytes(256)
                .withQuickStart();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            all = all.withKafkaSetting(setting.getKey(), setting.getValue());
        }
        broker = new KafkaBroker(all);
        broker.start();
        forUsers = "127.0.0.1:" + users;
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        makeUsers();
        makeTopics();
    }

    /** Where the users of the manifests come in. */
    String bootstrapServers() {
        return forUsers;
    }

    /** Of an operator, who may do all. */
    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }

    private void makeUsers() throws InterruptedException, ExecutionException {
        List<UserScramCredentialAlteration> credentials = new ArrayList<>();
        List<AclBinding> acls = new ArrayList<>();
        for (KafkaUser user : Users.all()) {
            credentials.add(new UserScramCredentialUpsertion(
                    user.getMetadata().getName(),
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                    Secrets.PASSWORD));
            acls.addAll(Users.bindings(user));
        }
        admin.alterUserScramCredentials(credentials).all().get();
        admin.createAcls(acls).all().get();
    }

    private void makeTopics() throws InterruptedException, ExecutionException {
        List<NewTopic> topics = new ArrayList<>();
        for (KafkaTopic topic : Manifests.ofKind(Manifests.base(), "KafkaTopic", KafkaTopic.class)) {
            Map<String, String> config = new HashMap<>();
            topic.getSpec().getConfig().forEach((name, value) -> config.put(name, value.toString()));
            // There is one broker here.
            config.remove("min.insync.replicas");
            topics.add(new NewTopic(
                            topic.getMetadata().getName(),
                            Math.min(2, topic.getSpec().getPartitions()),
                            (short) 1)
                    .configs(config));
        }
        admin.createTopics(topics).all().get();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
