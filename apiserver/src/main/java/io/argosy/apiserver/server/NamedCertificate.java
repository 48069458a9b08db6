package io.argosy.apiserver.server;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.tls.CertificateFiles;
import java.nio.file.Path;
import java.util.List;

/** A certificate for some host names: {@code cert,key:name,name}, where no names means those in the certificate. */
final class NamedCertificate {

    private NamedCertificate() {}

    static CertificateFiles of(String text, Problems problems) {
        int colon = text.indexOf(':');
        String[] files = (colon < 0 ? text : text.substring(0, colon)).split(",");
        if (files.length != 2) {
            problems.add("--tls-sni-cert-key: expected comma separated certificate and key file paths: " + text);
            return CertificateFiles.of(Path.of(""), Path.of(""));
        }
        List<String> names =
                colon < 0 ? List.of() : List.of(text.substring(colon + 1).split(","));
        return new CertificateFiles(Path.of(files[0]), Path.of(files[1]), names);
    }
}
