package io.argosy.kubelet.volume;

import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.container.FieldReader;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.container.ResourceReader;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The files of volumes that are made from API objects: configMap, secret, downwardAPI, projected. */
final class ObjectFiles {

    private static final int DEFAULT_MODE = 0644;

    private final NodeObjects objects;
    private final Tokens tokens;
    private final NodeFacts node;
    private final Supplier<Map<String, Quantity>> allocatable;

    ObjectFiles(NodeObjects objects, Tokens tokens, NodeFacts node, Supplier<Map<String, Quantity>> allocatable) {
        this.objects = objects;
        this.tokens = tokens;
        this.node = node;
        this.allocatable = allocatable;
    }

    /** Path below the volume to content. */
    Map<String, FileContent> of(Pod pod, Volume volume) throws VolumeException {
        Map<String, FileContent> out = new LinkedHashMap<>();
        if (volume.getConfigMap() != null) {
            configMap(
                    pod,
                    volume.getConfigMap().getName(),
                    PodView.orEmpty(volume.getConfigMap().getItems()),
                    mode(volume.getConfigMap().getDefaultMode()),
                    Boolean.TRUE.equals(volume.getConfigMap().getOptional()),
                    out);
        } else if (volume.getSecret() != null) {
            secret(
                    pod,
                    volume.getSecret().getSecretName(),
                    PodView.orEmpty(volume.getSecret().getItems()),
                    mode(volume.getSecret().getDefaultMode()),
                    Boolean.TRUE.equals(volume.getSecret().getOptional()),
                    out);
        } else if (volume.getDownwardAPI() != null) {
            downward(
                    pod,
                    PodView.orEmpty(volume.getDownwardAPI().getItems()),
                    mode(volume.getDownwardAPI().getDefaultMode()),
                    out);
        } else if (volume.getProjected() != null) {
            projected(pod, volume.getProjected(), out);
        }
        return out;
    }

    private void projected(Pod pod, ProjectedVolumeSource source, Map<String, FileContent> out) throws VolumeException {
        int mode = mode(source.getDefaultMode());
        for (VolumeProjection part : PodView.orEmpty(source.getSources())) {
            if (part.getConfigMap() != null) {
                configMap(
                        pod,
                        part.getConfigMap().getName(),
                        PodView.orEmpty(part.getConfigMap().getItems()),
                        mode,
                        Boolean.TRUE.equals(part.getConfigMap().getOptional()),
                        out);
            } else if (part.getSecret() != null) {
                secret(
                        pod,
                        part.getSecret().getName(),
                        PodView.orEmpty(part.getSecret().getItems()),
                        mode,
                        Boolean.TRUE.equals(part.getSecret().getOptional()),
                        out);
            } else if (part.getDownwardAPI() != null) {
                downward(pod, PodView.orEmpty(part.getDownwardAPI().getItems()), mode, out);
            } else if (part.getServiceAccountToken() != null) {
                token(pod, part.getServiceAccountToken(), mode, out);
            } else {
                throw new VolumeException("projection of a kind that this node does not offer");
            }
        }
    }

    private void token(Pod pod, ServiceAccountTokenProjection source, int mode, Map<String, FileContent> out) {
        Long seconds = source.getExpirationSeconds();
        String audience = source.getAudience() == null ? "" : source.getAudience();
        String token = tokens.get(pod, audience, seconds == null ? 3600 : seconds);
        Optional<Long> owner = Tokens.commonUser(pod);
        boolean restricted = owner.isPresent()
                || io.argosy.kubelet.container.SecurityContexts.fsGroup(pod).isPresent();
        out.put(
                source.getPath(),
                new FileContent(token.getBytes(StandardCharsets.UTF_8), restricted ? 0600 : mode, owner));
    }

    private void configMap(
            Pod pod, String name, List<KeyToPath> items, int mode, boolean optional, Map<String, FileContent> out)
            throws VolumeException {
        Optional<ConfigMap> map = objects.configMap(pod.getMetadata().getNamespace(), name);
        if (map.isEmpty() && !optional) {
            throw new VolumeException("configmap \"" + name + "\" not found");
        }
        Map<String, byte[]> data = new TreeMap<>();
        map.ifPresent(m -> {
            PodView.orEmpty(m.getData()).forEach((k, v) -> data.put(k, v.getBytes(StandardCharsets.UTF_8)));
            PodView.orEmpty(m.getBinaryData())
                    .forEach((k, v) -> data.put(k, Base64.getMimeDecoder().decode(v)));
        });
        chosen(data, items, mode, optional, "configmap references non-existent config key: ", out);
    }

    private void secret(
            Pod pod, String name, List<KeyToPath> items, int mode, boolean optional, Map<String, FileContent> out)
            throws VolumeException {
        Optional<Secret> secret = objects.secret(pod.getMetadata().getNamespace(), name);
        if (secret.isEmpty() && !optional) {
            throw new VolumeException("secret \"" + name + "\" not found");
        }
        Map<String, byte[]> data = new TreeMap<>();
        secret.ifPresent(s -> PodView.orEmpty(s.getData())
                .forEach((k, v) -> data.put(k, Base64.getMimeDecoder().decode(v))));
        chosen(data, items, mode, optional, "references non-existent secret key: ", out);
    }

    private static void chosen(
            Map<String, byte[]> data,
            List<KeyToPath> items,
            int mode,
            boolean optional,
            String absent,
            Map<String, FileContent> out)
            throws VolumeException {
        if (items.isEmpty()) {
            data.forEach((k, v) -> out.put(k, FileContent.of(v, mode)));
            return;
        }
        for (KeyToPath item : items) {
            byte[] bytes = data.get(item.getKey());
            if (bytes != null) {
                out.put(item.getPath(), FileContent.of(bytes, item.getMode() == null ? mode : item.getMode()));
            } else if (!optional) {
                throw new VolumeException(absent + item.getKey());
            }
        }
    }

    private void downward(Pod pod, List<DownwardAPIVolumeFile> items, int mode, Map<String, FileContent> out)
            throws VolumeException {
        for (DownwardAPIVolumeFile item : items) {
            try {
                String text = item.getFieldRef() != null
                        ? FieldReader.read(pod, item.getFieldRef().getFieldPath(), List.of(), node)
                        : ResourceReader.read(
                                pod,
                                new io.fabric8.kubernetes.api.model.Container(),
                                item.getResourceFieldRef(),
                                allocatable.get());
                out.put(
                        item.getPath(),
                        FileContent.of(
                                text.getBytes(StandardCharsets.UTF_8), item.getMode() == null ? mode : item.getMode()));
            } catch (IllegalArgumentException e) {
                throw new VolumeException(e.getMessage(), e);
            }
        }
    }

    private static int mode(Integer mode) {
        return mode == null ? DEFAULT_MODE : mode;
    }
}
