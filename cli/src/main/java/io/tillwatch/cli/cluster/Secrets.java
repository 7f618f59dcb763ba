package io.tillwatch.cli.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.cli.process.ApiToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What only this cluster's owner may read: tokens of the responder's API, and the key that commands are signed with. */
final class Secrets {

    /** The name of the signing key. */
    static final String KEY_ID = "cluster-1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int KEY_BYTES = 32;

    private final Path directory;

    Secrets(Path directory) {
        this.directory = directory;
    }

    /** Makes what is not there. */
    void make() {
        try {
            Files.createDirectories(directory);
            if (!Files.exists(tokensFile())) {
                List<ApiToken> tokens = List.of(
                        ApiToken.make("operator", "APPROVER", "ADMIN"),
                        ApiToken.make("colleague", "APPROVER"),
                        ApiToken.make("prometheus", "VIEWER"));
                write(tokensFile(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tokens));
            }
            if (!Files.exists(keyFile())) {
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                write(keyFile(), Base64.getEncoder().encodeToString(key));
            }
        } catch (IOException e) {
            throw new ClusterException(directory + " cannot be written to: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
        Files.writeString(file, text);
    }

    List<ApiToken> tokens() {
        try {
            return JSON.readValue(tokensFile().toFile(), new TypeReference<List<ApiToken>>() {});
        } catch (IOException e) {
            throw new ClusterException(
                    tokensFile() + " cannot be read: " + e.getMessage() + ": remove it, and new ones are made", e);
        }
    }

    Path tokensFile() {
        return directory.resolve("tokens.json");
    }

    Path keyFile() {
        return directory.resolve("signing.key");
    }
}
