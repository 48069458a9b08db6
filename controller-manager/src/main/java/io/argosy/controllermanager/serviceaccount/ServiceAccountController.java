package io.argosy.controllermanager.serviceaccount;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Optional;

/** Sees to it that every namespace has the ServiceAccount {@code default}. */
public final class ServiceAccountController implements Controller {

    private static final String DEFAULT = "default";

    private final ControllerContext context;
    private final Informer<Namespace> namespaces;
    private final Informer<ServiceAccount> accounts;
    private final ReconcileLoop<ObjectKey> loop;

    public ServiceAccountController(ControllerContext context) {
        this.context = context;
        namespaces = context.informers().informer(Namespace.class);
        accounts = context.informers().informer(ServiceAccount.class);
        loop = context.loop(1, this::reconcile);
        namespaces.addHandler(ReconcileLoop.keys(loop));
        accounts.addHandler(new ResourceHandler<>() {
            @Override
            public void added(ServiceAccount account, boolean initial) {}

            @Override
            public void updated(ServiceAccount before, ServiceAccount after) {}

            @Override
            public void deleted(ServiceAccount last) {
                loop.add(new ObjectKey("", last.getMetadata().getNamespace()));
            }
        });
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Namespace> namespace = namespaces.get(key);
        if (namespace.isEmpty() || Owners.isDeleting(namespace.get())) {
            return Outcome.DONE;
        }
        if (accounts.get(new ObjectKey(key.name(), DEFAULT)).isPresent()) {
            return Outcome.DONE;
        }
        try {
            context.client()
                    .resource(ServiceAccount.class)
                    .create(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withNamespace(key.name())
                            .withName(DEFAULT)
                            .endMetadata()
                            .build());
        } catch (ApiException e) {
            boolean ending = e.details().causes().stream()
                    .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
            if (!e.reason().equals("AlreadyExists") && !ending) {
                throw e;
            }
        }
        return Outcome.DONE;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
