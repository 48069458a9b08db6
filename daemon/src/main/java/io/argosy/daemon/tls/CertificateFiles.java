package io.argosy.daemon.tls;

import java.nio.file.Path;
import java.util.List;

/**
 * A certificate chain and its key.
 *
 * @param names host names ({@code *.example.com} too) for which it is shown; empty takes those of the certificate
 */
public record CertificateFiles(Path certificate, Path key, List<String> names) {

    public CertificateFiles {
        names = List.copyOf(names);
    }

    public static CertificateFiles of(Path certificate, Path key) {
        return new CertificateFiles(certificate, key, List.of());
    }
}
