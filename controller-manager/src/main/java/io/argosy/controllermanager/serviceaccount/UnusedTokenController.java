package io.argosy.controllermanager.serviceaccount;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Rounds;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a day: tokens in Secrets that the system once made by itself and that nobody has used for a year are first marked
 * invalid, and deleted after as long again. Nothing is done before the API server has noted uses for as long.
 */
public final class UnusedTokenController implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedTokenController.class);
    private static final Duration EVERY = Duration.ofHours(24);
    private static final ObjectKey TRACKING =
            new ObjectKey("kube-system", "kube-apiserver-legacy-service-account-token-tracking");

    private final ControllerContext context;
    private final Duration unused;
    private final Informer<Secret> secrets;
    private final Informer<ServiceAccount> accounts;
    private final Informer<Pod> pods;
    private final Rounds rounds;

    /** @param unused how long a token must not have been used */
    public UnusedTokenController(ControllerContext context, Duration unused) {
        this.context = context;
        this.unused = unused;
        secrets = context.informers().informer(Secret.class);
        accounts = context.informers().informer(ServiceAccount.class);
        pods = context.informers().informer(Pod.class);
        rounds = new Rounds("unused-tokens", context.clock());
    }

    @Override
    public void start(TaskScope tasks) {
        rounds.start(tasks, EVERY, this::round);
    }

    private void round() {
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        Optional<LocalDate> tracked = context.client()
                .resource(ConfigMap.class)
                .find(TRACKING)
                .flatMap(map -> date(map.getData() == null ? "" : map.getData().getOrDefault("since", "")));
        if (tracked.isEmpty() || today.isBefore(tracked.get().plusDays(1 + unused.toDays()))) {
            return;
        }
        rounds.each(secrets.list(), secret -> {
            String name = secret.getMetadata().getName();
            boolean mounted = pods.list(secret.getMetadata().getNamespace()).stream()
                    .anyMatch(pod -> SecretNames.of(pod.getSpec()).contains(name));
            switch (TokenAge.of(secret, isGenerated(secret), mounted, today.minusDays(unused.toDays()))) {
                case TokenAge.Keep() -> {}
                case TokenAge.Mark() -> mark(secret, today);
                case TokenAge.Delete() -> delete(secret);
            }
        });
    }

    /** Whether its account lists it, as only those are that were made without being asked for. */
    private boolean isGenerated(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations() == null
                ? Map.of()
                : secret.getMetadata().getAnnotations();
        String name = annotations.getOrDefault("kubernetes.io/service-account.name", "");
        String uid = annotations.getOrDefault("kubernetes.io/service-account.uid", "");
        return accounts.get(new ObjectKey(secret.getMetadata().getNamespace(), name))
                .filter(account ->
                        uid.isEmpty() || uid.equals(account.getMetadata().getUid()))
                .filter(account -> account.getSecrets() != null
                        && account.getSecrets().stream()
                                .anyMatch(each -> secret.getMetadata().getName().equals(each.getName())))
                .isPresent();
    }

    static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void mark(Secret secret, LocalDate today) {
        context.client()
                .resource(Secret.class)
                .patch(
                        ResourceType.keyOf(secret),
                        Patch.merge(Map.of(
                                "metadata",
                                Map.of(
                                        "uid",
                                        secret.getMetadata().getUid(),
                                        "labels",
                                        Map.of(TokenAge.INVALID_SINCE, today.toString())))));
        LOG.info("marked unused token invalid key={}", ResourceType.keyOf(secret));
    }

    private void delete(Secret secret) {
        context.client()
                .resource(Secret.class)
                .delete(
                        ResourceType.keyOf(secret),
                        DeleteOptions.ofUid(secret.getMetadata().getUid())
                                .withResourceVersion(secret.getMetadata().getResourceVersion()));
        LOG.info("deleted unused token key={}", ResourceType.keyOf(secret));
    }
}
