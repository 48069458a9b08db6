package io.argosy.apiserver.server;

import io.argosy.apimodel.conversion.Conversions;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.cache.Converter;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.cache.ResourceCaches;
import io.argosy.apiserver.cache.ResourceSetup;
import io.argosy.apiserver.discovery.DiscoveryDocuments;
import io.argosy.apiserver.discovery.RemoteVersion;
import io.argosy.apiserver.handler.Served;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.generic.ResourceRegistry;
import io.argosy.apiserver.storage.encryption.Transformer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What is served now: the built-in resources, and custom ones as they come and go. Reads take no lock. */
public final class ServedResources {

    private final ResourceCaches caches;
    private final ResourceRules rules;
    private final Supplier<AdmissionChain> admission;
    private final Function<GroupResource, Transformer> transformers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<GroupResource, ResourceDefinition> definitions = new LinkedHashMap<>();
    private final Map<GroupResource, ResourceRegistry> registries = new HashMap<>();
    private volatile View view = new View(Map.of(), Map.of(), new Definitions(List.of()));

    private record View(
            Map<GroupVersionResource, Served> served,
            Map<GroupResource, ResourceRegistry> registries,
            Definitions definitions) {}

    private volatile Optional<DiscoveryDocuments> documents = Optional.empty();
    private volatile List<RemoteVersion> remote = List.of();
    private volatile Runnable whenChanged = () -> {};

    public ServedResources(
            ResourceCaches caches,
            ResourceRules rules,
            Supplier<AdmissionChain> admission,
            Function<GroupResource, Transformer> transformers,
            InstantSource clock,
            RandomGenerator random) {
        this.caches = caches;
        this.rules = rules;
        this.admission = admission;
        this.transformers = transformers;
        this.clock = clock;
        this.random = random;
    }

    /** Adds the built-in resources, those that share their objects together. */
    public synchronized void addAll(Collection<ResourceDefinition> all) {
        Map<String, List<ResourceDefinition>> byPath = new LinkedHashMap<>();
        for (ResourceDefinition definition : all) {
            definitions.put(definition.groupResource(), definition);
            if (definition.stored()) {
                byPath.computeIfAbsent(definition.storagePath(), _ -> new ArrayList<>())
                        .add(definition);
            }
        }
        byPath.values().forEach(this::addShared);
        publish();
    }

    private void addShared(List<ResourceDefinition> sharing) {
        ResourceDefinition owner = sharing.stream()
                .filter(definition ->
                        definition.group().equals(definition.storageForm().group()))
                .findFirst()
                .orElse(sharing.getFirst());
        List<ResourceDefinition> aliases =
                sharing.stream().filter(definition -> !definition.equals(owner)).toList();
        register(owner, aliases, caches.add(setup(owner, aliases, Conversions::convert, UnaryOperator.identity())));
    }

    private ResourceSetup setup(
            ResourceDefinition owner,
            List<ResourceDefinition> aliases,
            Converter converter,
            UnaryOperator<ObjectValue> reading) {
        return new ResourceSetup(owner, aliases, converter, transformers.apply(owner.groupResource()), reading);
    }

    private void register(ResourceDefinition owner, List<ResourceDefinition> aliases, ResourceCache cache) {
        ResourceRegistry registry = new ResourceRegistry(cache, rules, admission, clock, random);
        registries.put(owner.groupResource(), registry);
        aliases.forEach(alias -> registries.put(alias.groupResource(), registry));
    }

    /** Adds a custom resource, or puts it in place of an older form of it: it is served all the time. */
    public synchronized void put(
            ResourceDefinition definition, Converter converter, UnaryOperator<ObjectValue> reading) {
        definitions.put(definition.groupResource(), definition);
        ResourceCaches.Replacement replacement = caches.replace(setup(definition, List.of(), converter, reading));
        register(definition, List.of(), replacement.cache());
        publish();
        replacement.follow().run();
    }

    /** Serves a custom resource no longer; its objects stay in the store. */
    public synchronized void remove(GroupResource resource) {
        if (definitions.remove(resource) != null) {
            registries.remove(resource);
            caches.remove(resource);
            publish();
        }
    }

    private void publish() {
        Map<GroupVersionResource, Served> served = new HashMap<>();
        for (ResourceDefinition definition : definitions.values()) {
            for (VersionDefinition version : definition.versions()) {
                if (version.served()) {
                    Served one = new Served(
                            definition, version, Optional.ofNullable(registries.get(definition.groupResource())));
                    served.put(one.resource(), one);
                }
            }
        }
        view = new View(served, Map.copyOf(registries), new Definitions(List.copyOf(definitions.values())));
        documents = Optional.empty();
        whenChanged.run();
    }

    /** Calls back, briefly, after each change of what this server itself serves. */
    void whenChanged(Runnable told) {
        whenChanged = told;
    }

    /** What other servers answer now: discovery tells it too. */
    synchronized void remote(List<RemoteVersion> versions) {
        if (!versions.equals(remote)) {
            remote = List.copyOf(versions);
            documents = Optional.empty();
        }
    }

    public Optional<Served> find(GroupVersionResource resource) {
        return Optional.ofNullable(view.served().get(resource));
    }

    public Optional<ResourceRegistry> registry(GroupResource resource) {
        return Optional.ofNullable(view.registries().get(resource));
    }

    public Definitions definitions() {
        return view.definitions();
    }

    /** The discovery documents of what is served now; made anew after a change, when first asked for. */
    public DiscoveryDocuments documents() {
        Optional<DiscoveryDocuments> made = documents;
        if (made.isPresent()) {
            return made.get();
        }
        synchronized (this) {
            if (documents.isEmpty()) {
                documents = Optional.of(DiscoveryDocuments.of(view.definitions(), remote));
            }
            return documents.orElseThrow();
        }
    }
}
