package io.tillwatch.responder.journal;

import io.tillwatch.schemas.record.Command;
import io.tillwatch.schemas.signature.CommandSignature;
import java.util.HexFormat;

/**
 * A command as it came from its topic.
 *
 * @param contentHash SHA-256 of its canonical content, in hex
 * @param signature what was found of its signature; VALID where none is asked for
 */
public record Received(Command command, String contentHash, CommandSignature.Check signature) {

    public static Received of(Command command, CommandSignature.Check signature) {
        return new Received(command, HexFormat.of().formatHex(CommandSignature.contentHash(command)), signature);
    }
}
