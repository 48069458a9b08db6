package io.argosy.controllermanager.serviceaccount;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Secrets that a pod names: volumes, variables, pull secrets. Pure. */
final class SecretNames {

    private SecretNames() {}

    static Set<String> of(PodSpec spec) {
        Set<String> names = new HashSet<>();
        stream(spec.getImagePullSecrets()).forEach(each -> names.add(each.getName()));
        stream(spec.getVolumes()).forEach(volume -> volume(volume, names));
        Stream.concat(stream(spec.getContainers()), stream(spec.getInitContainers()))
                .forEach(container -> container(container, names));
        names.removeIf(Objects::isNull);
        return names;
    }

    private static void volume(Volume volume, Set<String> names) {
        if (volume.getSecret() != null) {
            names.add(volume.getSecret().getSecretName());
        }
        if (volume.getProjected() != null) {
            stream(volume.getProjected().getSources())
                    .filter(source -> source.getSecret() != null)
                    .forEach(source -> names.add(source.getSecret().getName()));
        }
        if (volume.getCsi() != null && volume.getCsi().getNodePublishSecretRef() != null) {
            names.add(volume.getCsi().getNodePublishSecretRef().getName());
        }
    }

    private static void container(Container container, Set<String> names) {
        stream(container.getEnvFrom())
                .filter(each -> each.getSecretRef() != null)
                .forEach(each -> names.add(each.getSecretRef().getName()));
        stream(container.getEnv())
                .filter(each ->
                        each.getValueFrom() != null && each.getValueFrom().getSecretKeyRef() != null)
                .forEach(each -> names.add(each.getValueFrom().getSecretKeyRef().getName()));
    }

    private static <T> Stream<T> stream(@Nullable List<T> list) {
        return list == null ? Stream.of() : list.stream();
    }
}
