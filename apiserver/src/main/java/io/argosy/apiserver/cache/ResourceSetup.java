package io.argosy.apiserver.cache;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.storage.encryption.Transformer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a resource is stored and answered.
 *
 * @param definition the resource, whose storage version and path hold
 * @param aliases resources of other groups that are the same objects: {@code events} of events.k8s.io
 * @param converter between the versions
 * @param transformer of stored bytes
 * @param reading brings an object as it was stored into the stored version of today; the tree given is its to change
 */
public record ResourceSetup(
        ResourceDefinition definition,
        List<ResourceDefinition> aliases,
        Converter converter,
        Transformer transformer,
        UnaryOperator<ObjectValue> reading) {

    /** Objects are read as they were stored. */
    public ResourceSetup(
            ResourceDefinition definition,
            List<ResourceDefinition> aliases,
            Converter converter,
            Transformer transformer) {
        this(definition, aliases, converter, transformer, UnaryOperator.identity());
    }

    public ResourceSetup {
        aliases = List.copyOf(aliases);
    }

    public static ResourceSetup of(ResourceDefinition definition) {
        return new ResourceSetup(definition, List.of(), Converter.RENAMING, Transformer.IDENTITY);
    }
}
