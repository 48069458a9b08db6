package io.argosy.kubelet.api;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The objects that pods of this node refer to. Empty means that the API has no such object; {@link
 * ApiUnavailableException} that it could not be asked or refused.
 */
public interface NodeObjects {

    Optional<ConfigMap> configMap(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    Optional<PersistentVolumeClaim> claim(String namespace, String name);

    Optional<PersistentVolume> volume(String name);

    /** Services that a pod of a namespace sees in its environment: those of the namespace, and the API's own. */
    List<Service> services();

    /** Whether {@link #services()} is complete. */
    boolean servicesKnown();

    /** A token of a service account, bound to a pod. */
    BoundToken token(TokenQuestion question);

    /** @param audience empty asks for the API server's own */
    record TokenQuestion(
            String namespace, String serviceAccount, String podName, String podUid, String audience, long seconds) {}

    /** @param issuedAt by the local clock */
    record BoundToken(String token, Instant issuedAt, Instant expiresAt) {

        /** Whether four fifths of its life, or a day, are over. */
        public boolean wantsRenewal(Instant now) {
            long life = expiresAt.getEpochSecond() - issuedAt.getEpochSecond();
            long age = now.getEpochSecond() - issuedAt.getEpochSecond();
            return age > life * 4 / 5 || age > 24 * 3600;
        }
    }
}
