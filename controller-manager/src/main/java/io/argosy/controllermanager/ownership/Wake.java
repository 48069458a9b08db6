package io.argosy.controllermanager.ownership;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Wakes the owners of what changes; for what nobody owns, all whose selector matches it. */
public final class Wake<O extends HasMetadata, T extends HasMetadata> implements ResourceHandler<T> {

    private final Informer<O> owners;
    private final Function<O, LabelSelector> selector;
    private final Consumer<ObjectKey> wake;

    public Wake(Informer<O> owners, Function<O, LabelSelector> selector, Consumer<ObjectKey> wake) {
        this.owners = owners;
        this.selector = selector;
        this.wake = wake;
    }

    private void changed(T object) {
        String namespace = object.getMetadata().getNamespace();
        Optional<OwnerReference> owner = Owners.controllerOf(object);
        if (owner.isPresent()) {
            if (owner.get().getKind().equals(owners.type().kind())) {
                wake.accept(new ObjectKey(namespace, owner.get().getName()));
            }
            return;
        }
        for (O candidate : owners.list(namespace)) {
            if (Selectors.matches(selector.apply(candidate), object)) {
                wake.accept(new ObjectKey(namespace, candidate.getMetadata().getName()));
            }
        }
    }

    @Override
    public void added(T object, boolean initial) {
        changed(object);
    }

    @Override
    public void updated(T before, T after) {
        if (!Owners.controllerUid(before).equals(Owners.controllerUid(after))) {
            changed(before);
        }
        changed(after);
    }

    @Override
    public void deleted(T last) {
        changed(last);
    }
}
