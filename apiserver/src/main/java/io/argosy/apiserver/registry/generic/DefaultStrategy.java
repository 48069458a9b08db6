package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import java.util.List;
import java.util.Optional;

/**
 * What holds for kinds that have no strategy of their own: where there is a status subresource, the status is written
 * only there, and a change of the spec counts up the generation.
 */
final class DefaultStrategy implements Strategy {

    private final boolean hasStatus;

    private DefaultStrategy(boolean hasStatus) {
        this.hasStatus = hasStatus;
    }

    static Strategy of(ResourceDefinition definition, String subresource) {
        boolean hasStatus = definition.versions().stream()
                .anyMatch(version -> version.subresources().containsKey("status"));
        return subresource.equals("status") ? new OfStatus() : new DefaultStrategy(hasStatus);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        if (hasStatus) {
            object.remove("status");
            Metadata.of(object).fields().put("generation", 1L);
        }
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        if (hasStatus) {
            put(object, "status", old.at("status"));
            if (!object.at("spec").equals(old.at("spec"))) {
                Metadata.of(object).fields().put("generation", Metadata.of(old).generation() + 1);
            }
        }
    }

    @Override
    public List<String> resetFields() {
        return hasStatus ? List.of("status") : List.of();
    }

    private static void put(ObjectValue object, String field, Optional<Value> value) {
        if (value.isPresent()) {
            object.put(field, value.get().copy());
        } else {
            object.remove(field);
        }
    }

    /** Writes of the status alone: everything else stays as it is, but for labels and annotations. */
    private static final class OfStatus implements Strategy {
        @Override
        public void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
            for (String field : List.copyOf(object.names())) {
                if (!List.of("apiVersion", "kind", "metadata", "status").contains(field)) {
                    put(object, field, old.at(field));
                }
            }
            for (String field : old.names()) {
                if (!field.equals("status") && !object.has(field)) {
                    put(object, field, old.at(field));
                }
            }
            ObjectValue metadata = object.objectOrNew("metadata");
            put(metadata, "ownerReferences", old.at("metadata", "ownerReferences"));
        }

        @Override
        public List<String> resetFields() {
            return List.of("spec");
        }
    }
}
