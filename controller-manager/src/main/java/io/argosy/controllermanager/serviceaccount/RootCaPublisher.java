package io.argosy.controllermanager.serviceaccount;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the ConfigMap {@code kube-root-ca.crt} in every namespace, by which pods verify the apiserver. */
public final class RootCaPublisher implements Controller {

    private static final String NAME = "kube-root-ca.crt";
    private static final String NOTE = "kubernetes.io/description";
    private static final String DESCRIPTION = "Contains a CA bundle that can be used to verify the kube-apiserver when "
            + "using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is "
            + "guaranteed across distributions of Kubernetes clusters.";

    private final ControllerContext context;
    private final Informer<Namespace> namespaces;
    private final Informer<ConfigMap> maps;
    private final Map<String, String> data;
    private final ReconcileLoop<ObjectKey> loop;

    /** @param certificates PEM text of the root certificates */
    public RootCaPublisher(ControllerContext context, String certificates) {
        this.context = context;
        this.data = Map.of("ca.crt", certificates);
        namespaces = context.informers().informer(Namespace.class);
        maps = context.informers().informer(ConfigMap.class);
        loop = context.loop(1, this::reconcile);
        namespaces.addHandler(ReconcileLoop.keys(loop));
        maps.addHandler(new ResourceHandler<>() {
            @Override
            public void added(ConfigMap map, boolean initial) {}

            @Override
            public void updated(ConfigMap before, ConfigMap after) {
                wake(after);
            }

            @Override
            public void deleted(ConfigMap last) {
                wake(last);
            }
        });
    }

    private void wake(ConfigMap map) {
        if (map.getMetadata().getName().equals(NAME)) {
            loop.add(new ObjectKey("", map.getMetadata().getNamespace()));
        }
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Namespace> namespace = namespaces.get(key);
        if (namespace.isEmpty() || Owners.isDeleting(namespace.get())) {
            return Outcome.DONE;
        }
        Optional<ConfigMap> found = maps.get(new ObjectKey(key.name(), NAME));
        if (found.isEmpty()) {
            create(key.name());
        } else if (!data.equals(found.get().getData())
                || !Selectors.annotations(found.get()).containsKey(NOTE)) {
            ConfigMap next = ObjectJson.copy(found.get());
            next.setData(data);
            Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(next));
            annotations.put(NOTE, DESCRIPTION);
            next.getMetadata().setAnnotations(annotations);
            context.client().resource(ConfigMap.class).update(next);
        }
        return Outcome.DONE;
    }

    private void create(String namespace) {
        try {
            context.client()
                    .resource(ConfigMap.class)
                    .create(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(NAME)
                            .addToAnnotations(NOTE, DESCRIPTION)
                            .endMetadata()
                            .withData(data)
                            .build());
        } catch (ApiException e) {
            boolean ending = e.details().causes().stream()
                    .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
            if (!e.reason().equals("AlreadyExists") && !ending) {
                throw e;
            }
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
