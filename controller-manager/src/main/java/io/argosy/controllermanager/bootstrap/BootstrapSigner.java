package io.argosy.controllermanager.bootstrap;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the public ConfigMap {@code cluster-info} with every token that may, so that joining nodes can trust it. */
public final class BootstrapSigner implements Controller {

    private static final ObjectKey CLUSTER_INFO = new ObjectKey("kube-public", "cluster-info");
    private static final String KUBECONFIG = "kubeconfig";
    private static final String PREFIX = "jws-kubeconfig-";

    private final ControllerContext context;
    private final Informer<Secret> secrets;
    private final Informer<ConfigMap> maps;
    private final ReconcileLoop<ObjectKey> loop;

    public BootstrapSigner(ControllerContext context) {
        this.context = context;
        secrets = context.informers().informer(Secret.class, BootstrapTokens.SCOPE);
        maps = context.informers()
                .informer(
                        ConfigMap.class,
                        InformerScope.in(CLUSTER_INFO.namespace()).withFields("metadata.name=" + CLUSTER_INFO.name()));
        loop = context.loop("bootstrap_signer_queue", 1, this::reconcile);
        secrets.addHandler(ResourceHandler.any(secret -> loop.add(CLUSTER_INFO)));
        maps.addHandler(ReconcileLoop.keys(loop));
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<ConfigMap> found = maps.get(CLUSTER_INFO);
        if (found.isEmpty()
                || found.get().getData() == null
                || !found.get().getData().containsKey(KUBECONFIG)) {
            return Outcome.DONE;
        }
        ConfigMap map = found.get();
        String content = map.getData().get(KUBECONFIG);
        Map<String, String> data = new LinkedHashMap<>();
        map.getData().forEach((name, value) -> {
            if (!name.startsWith(PREFIX)) {
                data.put(name, value);
            }
        });
        for (Secret secret : secrets.list()) {
            String id = BootstrapTokens.data(secret, "token-id");
            String token = BootstrapTokens.data(secret, "token-secret");
            if (maySign(secret, id, token)) {
                data.put(PREFIX + id, sign(id, token, content));
            }
        }
        if (!data.equals(map.getData())) {
            ConfigMap next = ObjectJson.copy(map);
            next.setData(data);
            context.client().resource(ConfigMap.class).update(next);
        }
        return Outcome.DONE;
    }

    private boolean maySign(Secret secret, String id, String token) {
        boolean named = secret.getMetadata().getName().equals("bootstrap-token-" + id);
        boolean valid = TokenCleaner.left(secret, context.clock().instant())
                .map(Duration::isPositive)
                .orElse(true);
        return named
                && valid
                && !token.isEmpty()
                && BootstrapTokens.data(secret, "usage-bootstrap-signing").equals("true");
    }

    /** A JSON Web Signature (RFC 7515) with HMAC-SHA256 and detached content. */
    static String sign(String id, String token, String content) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String header =
                encoder.encodeToString(("{\"alg\":\"HS256\",\"kid\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
        String payload = encoder.encodeToString(content.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((id + "." + token).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal((header + "." + payload).getBytes(StandardCharsets.US_ASCII));
            return header + ".." + encoder.encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
