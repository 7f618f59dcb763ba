package io.tillwatch.notifier.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
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
        try (InputStream in = Files.newInputStream(pem)) {
            return of(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate can be read", e);
        }
    }

    private static Authorities of(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        if (certificates.isEmpty()) {
            throw new IOException("there is no certificate in it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        List<Certificate> all = List.copyOf(certificates);
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry("authority-" + i, all.get(i));
        }
        return new Authorities(Optional.of(store));
    }

    SslContextFactory.Client client() {
        SslContextFactory.Client client = new SslContextFactory.Client();
        own.ifPresent(client::setTrustStore);
        return client;
    }
}
