package io.argosy.kubelet.api;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Optional;

/** A node without an API server: static pods cannot refer to any object. */
public final class NoObjects implements NodeObjects {

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return Optional.empty();
    }

    @Override
    public List<Service> services() {
        return List.of();
    }

    @Override
    public boolean servicesKnown() {
        return true;
    }

    @Override
    public BoundToken token(TokenQuestion question) {
        throw new ApiUnavailableException("no API server to ask for a token", new IllegalStateException("standalone"));
    }
}
