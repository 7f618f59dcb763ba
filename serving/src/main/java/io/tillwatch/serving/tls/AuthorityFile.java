package io.tillwatch.serving.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;

/** Certificates of authorities in a file, as a company has them for its own network. */
public final class AuthorityFile {

    private AuthorityFile() {}

    /**
     * Those of a file and nobody else, as what is believed.
     *
     * @param pem one certificate or several
     * @throws IOException if it cannot be read or holds none
     */
    public static KeyStore read(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            List<? extends Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (certificates.isEmpty()) {
                throw new IOException("there is no certificate in it");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("authority-" + i, certificates.get(i));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate can be read", e);
        }
    }
}
