package io.argosy.controllermanager.manager;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.transport.Credentials;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens of the controllers' ServiceAccounts in kube-system, made when needed and again before they expire. */
final class AccountTokens {

    private static final String NAMESPACE = "kube-system";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration RENEW = Duration.ofMinutes(48);

    private final ApiClient client;
    private final Clock clock;
    private final Map<String, Credentials> known = new ConcurrentHashMap<>();

    /** @param client whose identity may create ServiceAccounts and tokens */
    AccountTokens(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    Credentials of(String account) {
        return known.computeIfAbsent(account, Account::new);
    }

    private final class Account implements Credentials {

        private final String name;
        private Optional<String> header = Optional.empty();
        private long madeAt;

        Account(String name) {
            this.name = name;
        }

        @Override
        public synchronized Optional<String> authorization() throws IOException {
            if (header.isEmpty() || clock.nanoTime() - madeAt > RENEW.toNanos()) {
                try {
                    header = Optional.of("Bearer " + token());
                    madeAt = clock.nanoTime();
                } catch (ApiException e) {
                    throw new IOException("token of " + NAMESPACE + "/" + name + ": " + e.message(), e);
                }
            }
            return header;
        }

        private String token() {
            ObjectKey key = new ObjectKey(NAMESPACE, name);
            if (client.resource(ServiceAccount.class).find(key).isEmpty()) {
                create();
            }
            TokenRequest request = new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(LIFETIME.toSeconds())
                    .endSpec()
                    .build();
            return client.resource(ServiceAccount.class)
                    .createSubresource(key, "token", request)
                    .getStatus()
                    .getToken();
        }

        private void create() {
            try {
                client.resource(ServiceAccount.class)
                        .create(new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withNamespace(NAMESPACE)
                                .withName(name)
                                .endMetadata()
                                .build());
            } catch (ApiException e) {
                if (!e.reason().equals("AlreadyExists")) {
                    throw e;
                }
            }
        }

        @Override
        public synchronized void rejected() {
            header = Optional.empty();
        }
    }
}
