package io.argosy.apiserver.stream;

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
    private final Optional<Path> authorities;
    private String loadedFrom = "";
    private Optional<SSLContext> loaded = Optional.empty();

    /**
     * @param certificate and {@code key}: what to show, both or none
     * @param authorities whom to trust; empty trusts everybody, as upstream does towards kubelets
     */
    public BackendTls(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {
        this.certificate = certificate;
        this.key = key;
        this.authorities = authorities;
    }

    /** Towards proxied pods and Services: nothing is shown, nobody is verified. */
    public static BackendTls unverified() {
        return new BackendTls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean verifies() {
        return authorities.isPresent();
    }

    synchronized SSLContext context() {
        try {
            String state = state(certificate) + state(key) + state(authorities);
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
        if (authorities.isEmpty()) {
            return new TrustManager[] {new TrustEverybody()};
        }
        KeyStore store = emptyStore();
        List<X509Certificate> trusted = Pem.certificates(Files.readAllBytes(authorities.get()));
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("authority-" + i, trusted.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }
}
