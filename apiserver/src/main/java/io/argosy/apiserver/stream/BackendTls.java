package io.argosy.apiserver.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The TLS of connections to backends, from files that are read again when they have changed. Safe for any thread. */
public final class BackendTls {

    private static final char[] PASSWORD = {};

    private final Optional<Path> certificate;
    private final Optional<Path> key;
    private final Trust trust;
    private String loadedFrom = "";
    private Optional<SSLContext> loaded = Optional.empty();

    /**
     * @param certificate and {@code key}: what to show, both or none
     * @param authorities whom to trust; empty trusts everybody, as upstream does towards kubelets
     */
    public BackendTls(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {
        this(certificate, key, authorities.<Trust>map(Trust.File::new).orElseGet(Trust.Everybody::new));
    }

    public BackendTls(Optional<Path> certificate, Optional<Path> key, Trust trust) {
        this.certificate = certificate;
        this.key = key;
        this.trust = trust;
    }

    /** Whose certificates are accepted. */
    public sealed interface Trust {
        record Everybody() implements Trust {}

        /** Those that the system trusts. */
        record SystemStore() implements Trust {}

        record File(Path authorities) implements Trust {}

        /** @param pem certificates of authorities */
        record Bundle(String pem) implements Trust {}
    }

    /** Towards proxied pods and Services: nothing is shown, nobody is verified. */
    public static BackendTls unverified() {
        return new BackendTls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean verifies() {
        return !(trust instanceof Trust.Everybody);
    }

    public synchronized SSLContext context() {
        try {
            String state = state(certificate)
                    + state(key)
                    + state(trust instanceof Trust.File file ? Optional.of(file.authorities()) : Optional.empty());
            if (loaded.isEmpty() || !state.equals(loadedFrom)) {
                loaded = Optional.of(load());
                loadedFrom = state;
            }
            return loaded.get();
        } catch (IOException | GeneralSecurityException e) {
            throw ApiException.internal("cannot load the certificates for backends: " + e.getMessage());
        }
    }

    private static String state(Optional<Path> file) throws IOException {
        return file.isEmpty() ? "-" : Files.getLastModifiedTime(file.get()) + ";";
    }

    private SSLContext load() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), trustManagers(), new SecureRandom());
        return context;
    }

    private KeyManager[] keyManagers() throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        if (certificate.isPresent() && key.isPresent()) {
            X509Certificate[] chain =
                    Pem.certificates(Files.readAllBytes(certificate.get())).toArray(X509Certificate[]::new);
            store.setKeyEntry("client", Pem.privateKey(Files.readAllBytes(key.get())), PASSWORD, chain);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
        return switch (trust) {
            case Trust.Everybody _ -> new TrustManager[] {new TrustEverybody()};
            case Trust.SystemStore _ -> managers(Optional.empty());
            case Trust.File file -> managers(Optional.of(trusting(Files.readAllBytes(file.authorities()))));
            case Trust.Bundle bundle ->
                managers(Optional.of(trusting(bundle.pem().getBytes(ISO_8859_1))));
        };
    }

    private static TrustManager[] managers(Optional<KeyStore> store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store.orElse(null));
        return factory.getTrustManagers();
    }

    private static KeyStore trusting(byte[] pem) throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        List<X509Certificate> trusted = Pem.certificates(pem);
        if (trusted.isEmpty()) {
            throw new GeneralSecurityException("unable to parse bytes as PEM block");
        }
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("authority-" + i, trusted.get(i));
        }
        return store;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }
}
