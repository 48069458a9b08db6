package io.argosy.apiserver.callout;

import io.argosy.daemon.tls.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS contexts by the authorities they trust; the least recently used are forgotten. Thread-safe. */
final class Trust {

    private static final int MOST = 200;

    private final Map<String, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true);

    /** @param bundle certificates in PEM; empty trusts the authorities of the system */
    synchronized SSLContext context(String bundle) throws CalloutException {
        SSLContext known = contexts.get(bundle);
        if (known != null) {
            return known;
        }
        try {
            SSLContext made = load(bundle);
            contexts.put(bundle, made);
            if (contexts.size() > MOST) {
                contexts.remove(contexts.keySet().iterator().next());
            }
            return made;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CalloutException("unable to load root certificates: " + e.getMessage());
        }
    }

    private static SSLContext load(String bundle) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (bundle.isBlank()) {
            factory.init((KeyStore) null);
        } else {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            List<X509Certificate> trusted = Pem.certificates(bundle.getBytes(StandardCharsets.ISO_8859_1));
            if (trusted.isEmpty()) {
                throw new GeneralSecurityException("unable to parse bytes as PEM block");
            }
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            factory.init(store);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), new SecureRandom());
        return context;
    }
}
