package io.argosy.kubelet.container;

import io.argosy.kubelet.api.ApiUnavailableException;
import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a container: services, then envFrom, then env, a later one of a name replacing an earlier one. In
 * values, {@code $(NAME)} sees what was defined before.
 */
public final class Environment {

    private final Pod pod;
    private final Container container;
    private final NodeObjects objects;
    private final NodeFacts node;
    private final List<String> podIps;
    private final Map<String, Quantity> allocatable;
    private final Map<String, String> result = new LinkedHashMap<>();
    private final Map<String, String> serviceVariables;

    public Environment(
            Pod pod,
            Container container,
            NodeObjects objects,
            NodeFacts node,
            List<String> podIps,
            Map<String, Quantity> allocatable) {
        this.pod = pod;
        this.container = container;
        this.objects = objects;
        this.node = node;
        this.podIps = podIps;
        this.allocatable = allocatable;
        this.serviceVariables = ServiceVariables.of(
                objects.services(),
                pod.getMetadata().getNamespace(),
                !Boolean.FALSE.equals(pod.getSpec().getEnableServiceLinks()));
    }

    /** Names and values in the order in which they are given to the runtime. */
    public Map<String, String> compute() throws ConfigException {
        if (!PodView.isStatic(pod) && !objects.servicesKnown()) {
            throw ConfigException.config("services have not yet been read at least once, cannot construct envvars");
        }
        try {
            for (EnvFromSource source : PodView.orEmpty(container.getEnvFrom())) {
                addAll(source);
            }
            for (EnvVar variable : PodView.orEmpty(container.getEnv())) {
                add(variable);
            }
        } catch (ApiUnavailableException e) {
            throw ConfigException.config(e.getMessage());
        }
        Map<String, String> all = new LinkedHashMap<>(result);
        serviceVariables.forEach(all::putIfAbsent);
        return all;
    }

    private void addAll(EnvFromSource source) throws ConfigException {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        String namespace = pod.getMetadata().getNamespace();
        if (source.getConfigMapRef() != null) {
            String name = source.getConfigMapRef().getName();
            Optional<ConfigMap> map = objects.configMap(namespace, name);
            if (map.isEmpty() && !Boolean.TRUE.equals(source.getConfigMapRef().getOptional())) {
                throw ConfigException.config("configmap \"" + name + "\" not found");
            }
            map.ifPresent(m -> PodView.orEmpty(m.getData()).forEach((k, v) -> put(prefix + k, v)));
        } else if (source.getSecretRef() != null) {
            String name = source.getSecretRef().getName();
            Optional<Secret> secret = objects.secret(namespace, name);
            if (secret.isEmpty() && !Boolean.TRUE.equals(source.getSecretRef().getOptional())) {
                throw ConfigException.config("secret \"" + name + "\" not found");
            }
            secret.ifPresent(s -> PodView.orEmpty(s.getData()).forEach((k, v) -> put(prefix + k, decoded(v))));
        }
    }

    private void put(String name, String value) {
        if (!name.isEmpty() && name.indexOf('=') < 0) {
            result.put(name, value);
        }
    }

    private void add(EnvVar variable) throws ConfigException {
        if (variable.getValueFrom() == null) {
            String value = variable.getValue() == null ? "" : variable.getValue();
            Map<String, String> known = new LinkedHashMap<>(serviceVariables);
            known.putAll(result);
            result.put(variable.getName(), Expansion.expand(value, known));
            return;
        }
        Optional<String> value = from(variable.getValueFrom());
        value.ifPresent(v -> result.put(variable.getName(), v));
    }

    private Optional<String> from(EnvVarSource source) throws ConfigException {
        try {
            if (source.getFieldRef() != null) {
                return Optional.of(FieldReader.read(pod, source.getFieldRef().getFieldPath(), podIps, node));
            }
            if (source.getResourceFieldRef() != null) {
                return Optional.of(ResourceReader.read(pod, container, source.getResourceFieldRef(), allocatable));
            }
        } catch (IllegalArgumentException e) {
            throw ConfigException.config(e.getMessage());
        }
        if (source.getConfigMapKeyRef() != null) {
            return fromConfigMap(source.getConfigMapKeyRef());
        }
        if (source.getSecretKeyRef() != null) {
            return fromSecret(source.getSecretKeyRef());
        }
        throw ConfigException.config("environment variable has a source of a kind that is not known");
    }

    private Optional<String> fromConfigMap(ConfigMapKeySelector ref) throws ConfigException {
        boolean optional = Boolean.TRUE.equals(ref.getOptional());
        String namespace = pod.getMetadata().getNamespace();
        Optional<ConfigMap> map = objects.configMap(namespace, ref.getName());
        if (map.isEmpty()) {
            if (optional) {
                return Optional.empty();
            }
            throw ConfigException.config("configmap \"" + ref.getName() + "\" not found");
        }
        String value = PodView.orEmpty(map.get().getData()).get(ref.getKey());
        if (value == null && !optional) {
            throw ConfigException.config(
                    "couldn't find key " + ref.getKey() + " in ConfigMap " + namespace + "/" + ref.getName());
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> fromSecret(SecretKeySelector ref) throws ConfigException {
        boolean optional = Boolean.TRUE.equals(ref.getOptional());
        String namespace = pod.getMetadata().getNamespace();
        Optional<Secret> secret = objects.secret(namespace, ref.getName());
        if (secret.isEmpty()) {
            if (optional) {
                return Optional.empty();
            }
            throw ConfigException.config("secret \"" + ref.getName() + "\" not found");
        }
        String value = PodView.orEmpty(secret.get().getData()).get(ref.getKey());
        if (value == null) {
            if (optional) {
                return Optional.empty();
            }
            throw ConfigException.config(
                    "couldn't find key " + ref.getKey() + " in Secret " + namespace + "/" + ref.getName());
        }
        return Optional.of(decoded(value));
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
