package io.argosy.kubelet.api;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The objects that pods refer to, from the API server. */
public final class ApiObjects implements NodeObjects, AutoCloseable {

    private final ApiClient client;
    private final Clock clock;
    private final Informer<Service> services;
    private final ObjectWatches<ConfigMap> configMaps;
    private final ObjectWatches<Secret> secrets;

    /** @param changed hears the namespace in which a ConfigMap or Secret changed */
    public ApiObjects(ApiClient client, Informer<Service> services, Clock clock, Consumer<String> changed) {
        this.client = client;
        this.clock = clock;
        this.services = services;
        this.configMaps = new ObjectWatches<>(client.resource(ConfigMap.class), clock, changed);
        this.secrets = new ObjectWatches<>(client.resource(Secret.class), clock, changed);
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return configMaps.get(namespace, name);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return secrets.get(namespace, name);
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return asked(() -> client.resource(PersistentVolumeClaim.class).find(new ObjectKey(namespace, name)));
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return asked(() -> client.resource(PersistentVolume.class).find(new ObjectKey("", name)));
    }

    @Override
    public List<Service> services() {
        return services.list();
    }

    @Override
    public boolean servicesKnown() {
        return services.hasSynced();
    }

    @Override
    public BoundToken token(TokenQuestion question) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(question.audience().isEmpty() ? List.of() : List.of(question.audience()))
                .withExpirationSeconds(question.seconds())
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(question.podName())
                .withUid(question.podUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        Instant now = clock.instant();
        TokenRequest answer = asked(() -> client.resource(ServiceAccount.class)
                .createSubresource(new ObjectKey(question.namespace(), question.serviceAccount()), "token", request));
        return new BoundToken(
                answer.getStatus().getToken(),
                now,
                Instant.parse(answer.getStatus().getExpirationTimestamp()));
    }

    private static <R> R asked(Supplier<R> question) {
        try {
            return question.get();
        } catch (ApiException | RequestException e) {
            throw new ApiUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        configMaps.close();
        secrets.close();
    }
}
