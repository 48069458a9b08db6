package io.argosy.controllermanager.serviceaccount;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills Secrets that ask for a ServiceAccount's token, and deletes those whose ServiceAccount is gone. */
public final class SecretTokenController implements Controller {

    private static final String NAME = "kubernetes.io/service-account.name";
    private static final String UID = "kubernetes.io/service-account.uid";
    private static final String BY_ACCOUNT = "account";

    private final ControllerContext context;
    private final Informer<ServiceAccount> accounts;
    private final Informer<Secret> secrets;
    private final Path keyFile;
    private final String rootCertificates;
    private final ReconcileLoop<ObjectKey> loop;

    /** @param keyFile PEM key that the apiserver verifies tokens with */
    public SecretTokenController(ControllerContext context, int workers, Path keyFile, String rootCertificates) {
        this.context = context;
        this.keyFile = keyFile;
        this.rootCertificates = rootCertificates;
        accounts = context.informers().informer(ServiceAccount.class);
        secrets = context.informers()
                .informer(Secret.class, InformerScope.fields("type=kubernetes.io/service-account-token"));
        secrets.addIndex(BY_ACCOUNT, SecretTokenController::account);
        loop = context.loop("serviceaccount_tokens_secret", workers, this::reconcile);
        secrets.addHandler(ReconcileLoop.keys(loop));
        accounts.addHandler(ResourceHandler.any(account -> secrets.byIndex(
                        BY_ACCOUNT, ResourceType.keyOf(account).toString())
                .forEach(secret -> loop.add(ResourceType.keyOf(secret)))));
    }

    private static List<String> account(Secret secret) {
        String name = Selectors.annotations(secret).get(NAME);
        return name == null ? List.of() : List.of(secret.getMetadata().getNamespace() + "/" + name);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Secret> found = secrets.get(key);
        String name = found.map(secret -> Selectors.annotations(secret).getOrDefault(NAME, ""))
                .orElse("");
        if (found.isEmpty() || name.isEmpty()) {
            return Outcome.DONE;
        }
        Secret secret = found.get();
        ObjectKey accountKey = new ObjectKey(key.namespace(), name);
        String uid = Selectors.annotations(secret).getOrDefault(UID, "");
        Optional<ServiceAccount> account = accounts.get(accountKey)
                .or(() -> context.client().resource(ServiceAccount.class).find(accountKey))
                .filter(known -> uid.isEmpty() || uid.equals(known.getMetadata().getUid()));
        if (account.isEmpty()) {
            delete(secret);
            return Outcome.DONE;
        }
        try {
            fill(secret, account.get());
            return Outcome.DONE;
        } catch (IOException | GeneralSecurityException e) {
            return Outcome.retry("token cannot be signed: " + e.getMessage());
        }
    }

    private void fill(Secret secret, ServiceAccount account) throws IOException, GeneralSecurityException {
        Map<String, String> data = new LinkedHashMap<>(secret.getData() == null ? Map.of() : secret.getData());
        if (!rootCertificates.isEmpty()) {
            data.put("ca.crt", encode(rootCertificates));
        }
        data.put("namespace", encode(account.getMetadata().getNamespace()));
        if (!data.containsKey("token") || data.get("token").isEmpty()) {
            data.put("token", encode(SecretTokens.read(keyFile).sign(account, secret)));
        }
        Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(secret));
        annotations.put(UID, account.getMetadata().getUid());
        if (!data.equals(secret.getData()) || !annotations.equals(Selectors.annotations(secret))) {
            Secret next = ObjectJson.copy(secret);
            next.setData(data);
            next.getMetadata().setAnnotations(annotations);
            context.client().resource(Secret.class).update(next);
        }
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void delete(Secret secret) {
        try {
            context.client()
                    .resource(Secret.class)
                    .delete(
                            ResourceType.keyOf(secret),
                            DeleteOptions.ofUid(secret.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
