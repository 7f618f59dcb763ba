package io.tillwatch.jobs.kafka;

import io.tillwatch.schemas.signature.SigningKey;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where the key is that commands are signed with. The secret itself never travels with the job: each task reads the file
 * on its own machine.
 *
 * @param id the key's name
 * @param file holds the secret in base64, on one line; the same on each machine that runs tasks
 */
public record SigningKeyFile(String id, String file) implements Serializable {

    /**
     * Reads the key.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    SigningKey read() {
        return SigningKey.read(id, Path.of(file));
    }
}
