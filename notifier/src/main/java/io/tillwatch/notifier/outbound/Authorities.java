package io.tillwatch.notifier.outbound;

import io.tillwatch.serving.tls.AuthorityFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Whose certificates are believed of a destination. That the certificate is of the host in the URL is looked at in any case. */
public final class Authorities {

    private final Optional<KeyStore> own;

    private Authorities(Optional<KeyStore> own) {
        this.own = own;
    }

    /** Those that this Java platform knows. */
    public static Authorities usual() {
        return new Authorities(Optional.empty());
    }

    /**
     * Those of a file and nobody else.
     *
     * @param pem one certificate or several
     * @throws IOException if it cannot be read or holds none
     */
    public static Authorities ofFile(Path pem) throws IOException {
        return new Authorities(Optional.of(AuthorityFile.read(pem)));
    }

    SslContextFactory.Client client() {
        SslContextFactory.Client client = new SslContextFactory.Client();
        own.ifPresent(client::setTrustStore);
        return client;
    }
}
