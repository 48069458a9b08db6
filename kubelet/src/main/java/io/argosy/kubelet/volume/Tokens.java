package io.argosy.kubelet.volume;

import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.api.NodeObjects.BoundToken;
import io.argosy.kubelet.api.NodeObjects.TokenQuestion;
import io.argosy.kubelet.container.SecurityContexts;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens of service accounts for pods, asked for once and renewed in time. Safe for any thread. */
final class Tokens {

    private final NodeObjects objects;
    private final InstantSource clock;
    private final Map<TokenQuestion, BoundToken> held = new ConcurrentHashMap<>();

    Tokens(NodeObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    String get(Pod pod, String audience, long seconds) {
        String account = pod.getSpec().getServiceAccountName();
        TokenQuestion question = new TokenQuestion(
                pod.getMetadata().getNamespace(),
                account == null || account.isEmpty() ? "default" : account,
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                audience,
                seconds);
        BoundToken token = held.get(question);
        if (token == null || token.wantsRenewal(clock.instant())) {
            try {
                token = objects.token(question);
                held.put(question, token);
            } catch (RuntimeException e) {
                // An old token that still holds is better than none while the API is away.
                if (token == null || !clock.instant().isBefore(token.expiresAt())) {
                    throw e;
                }
            }
        }
        return token.token();
    }

    void forget(String uid) {
        held.keySet().removeIf(q -> q.podUid().equals(uid));
    }

    /** The one user that all containers of a pod run as, if there is one. */
    static Optional<Long> commonUser(Pod pod) {
        Set<Optional<Long>> users = new HashSet<>();
        for (Container container : PodView.all(pod)) {
            users.add(SecurityContexts.user(pod, container));
        }
        return users.size() == 1 ? users.iterator().next() : Optional.empty();
    }
}
