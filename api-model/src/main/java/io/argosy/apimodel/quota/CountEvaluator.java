package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts objects: {@code count/deployments.apps}, and for some an older name. */
final class CountEvaluator implements Evaluator {

    private final GroupResource resource;
    private final Set<String> names;
    private final Amounts one;

    CountEvaluator(GroupResource resource, Set<String> names) {
        this.resource = resource;
        this.names = Set.copyOf(names);
        TreeMap<String, Quantity> each = new TreeMap<>();
        names.forEach(name -> each.put(name, Quantity.of(1)));
        one = new Amounts(each);
    }

    @Override
    public GroupResource resource() {
        return resource;
    }

    @Override
    public Set<String> matching(Set<String> limited) {
        return Names.among(limited, names::contains);
    }

    @Override
    public Amounts usage(ObjectValue object, Instant now) {
        return one;
    }

    @Override
    public boolean charges(String subresource, Optional<ObjectValue> old, ObjectValue object) {
        return subresource.isEmpty() && old.isEmpty();
    }
}
