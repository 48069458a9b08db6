package io.argosy.apiserver.cache;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apiserver.storage.encryption.Transformer;
import java.util.List;

/**
 * How a resource is stored and answered.
 *
 * @param definition the resource, whose storage version and path hold
 * @param aliases resources of other groups that are the same objects: {@code events} of events.k8s.io
 * @param converter between the versions
 * @param transformer of stored bytes
 */
public record ResourceSetup(
        ResourceDefinition definition, List<ResourceDefinition> aliases, Converter converter, Transformer transformer) {

    public ResourceSetup {
        aliases = List.copyOf(aliases);
    }

    public static ResourceSetup of(ResourceDefinition definition) {
        return new ResourceSetup(definition, List.of(), Converter.RENAMING, Transformer.IDENTITY);
    }
}
