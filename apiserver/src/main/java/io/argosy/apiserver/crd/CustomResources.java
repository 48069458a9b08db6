package io.argosy.apiserver.crd;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.cache.Converter;
import io.argosy.apiserver.callout.WebhookCaller;
import io.argosy.apiserver.crd.rules.CustomRules;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.ResourceRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows CustomResourceDefinitions: accepts their names, serves what is established, and empties what is being deleted.
 * One thread does all of it; what fails is tried again.
 */
public final class CustomResources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CustomResources.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Where custom resources are served. */
    public interface Serving {
        void serve(ResourceDefinition definition, Converter converter);

        void withdraw(GroupResource resource);

        /** Deletes all objects of a resource as a client would; true when none is left. */
        boolean empty(GroupResource resource) throws InterruptedException;

        /** Names that built-in resources of a group have: plurals, singulars, short names, and kinds. */
        Set<String> builtInNames(String group);
    }

    private final ClusterObjects objects;
    private final ResourceRules rules;
    private final Serving serving;
    private final WebhookCaller caller;
    private final InstantSource clock;
    private final Thread thread;
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final Map<String, ObjectValue> known = new HashMap<>();
    private final Map<String, GroupResource> served = new HashMap<>();
    private Optional<AutoCloseable> following = Optional.empty();

    public CustomResources(
            ClusterObjects objects,
            ResourceRules rules,
            Serving serving,
            WebhookCaller caller,
            InstantSource clock,
            ThreadFactory threads) {
        this.caller = caller;
        this.objects = objects;
        this.rules = rules;
        this.serving = serving;
        this.clock = clock;
        this.thread = threads.newThread(this::loop);
    }

    /** Serves what is established already before it returns, then goes on in its own thread. */
    public void start() throws InterruptedException {
        following = Optional.of(objects.follow(Resources.CUSTOM_RESOURCE_DEFINITIONS, new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue crd) {
                synchronized (known) {
                    known.put(name(crd), crd);
                }
                queue.add(name(crd));
            }

            @Override
            public void absent(ObjectValue crd) {
                synchronized (known) {
                    known.remove(name(crd));
                }
                queue.add(name(crd));
            }
        }));
        for (String name = queue.poll(); name != null; name = queue.poll()) {
            step(name);
        }
        thread.start();
    }

    private static String name(ObjectValue crd) {
        return crd.string("metadata", "name").orElse("");
    }

    private void loop() {
        Set<String> again = new HashSet<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                String name = queue.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                if (name != null) {
                    again.remove(name);
                    if (!step(name)) {
                        again.add(name);
                    }
                    continue;
                }
                List<String> due = new ArrayList<>(again);
                again.clear();
                for (String waiting : due) {
                    if (!step(waiting)) {
                        again.add(waiting);
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at one definition; false when it must be looked at again. */
    private boolean step(String name) throws InterruptedException {
        Optional<ObjectValue> crd;
        synchronized (known) {
            crd = Optional.ofNullable(known.get(name));
        }
        try {
            if (crd.isEmpty()) {
                withdraw(name);
                return true;
            }
            if (crd.get().string("metadata", "deletionTimestamp").isPresent()) {
                return finish(name, crd.get());
            }
            accept(name, crd.get());
            return true;
        } catch (ApiException e) {
            LOG.warn("custom resource definition is not handled name={} error={}", name, e.message());
            return false;
        }
    }

    private void accept(String name, ObjectValue crd) {
        NameConflicts conflicts = new NameConflicts(others(name), serving.builtInNames(group(crd)));
        ObjectValue judged = conflicts.judge(crd.copy(), ApiTime.format(clock.instant()));
        if (!judged.at("status").equals(crd.at("status"))) {
            objects.update(
                    Resources.CUSTOM_RESOURCE_DEFINITIONS,
                    "",
                    name,
                    current -> conflicts.judge(current, ApiTime.format(clock.instant())));
        }
        if (Conditions.isTrue(judged, "Established")) {
            serve(name, judged);
        } else {
            withdraw(name);
        }
    }

    private static String group(ObjectValue crd) {
        return crd.string("spec", "group").orElse("");
    }

    private List<ObjectValue> others(String name) {
        synchronized (known) {
            return known.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(name))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    private final Map<String, ObjectValue> servedSpecs = new HashMap<>();

    private void serve(String name, ObjectValue crd) {
        ObjectValue spec = new ObjectValue()
                .put("spec", crd.object("spec").orElseGet(ObjectValue::new))
                .put("names", crd.object("status", "acceptedNames").orElseGet(ObjectValue::new));
        if (spec.equals(servedSpecs.get(name))) {
            return;
        }
        ResourceDefinition definition = CustomDefinitions.of(crd);
        addRules(definition);
        serving.serve(definition, converter(crd));
        served.put(name, definition.groupResource());
        servedSpecs.put(name, spec);
        LOG.info("custom resource is served resource={}", definition.groupResource());
    }

    private Converter converter(ObjectValue crd) {
        return crd.string("spec", "conversion", "strategy").orElse("").equals("Webhook")
                ? new WebhookConversion(
                        crd.object("spec", "conversion", "webhook").orElseGet(ObjectValue::new),
                        caller,
                        UUID::randomUUID)
                : Converter.RENAMING;
    }

    private void addRules(ResourceDefinition definition) {
        VersionDefinition stored = definition
                .version(definition.storageVersion())
                .orElse(definition.versions().getFirst());
        ObjectSchema schema = stored.schema().get();
        boolean status = definition.versions().stream()
                .anyMatch(version -> version.subresources().containsKey("status"));
        String plural = definition.names().plural();
        CustomRules custom = CustomRules.of(schema);
        rules.strategy(definition.group(), plural, "", new CustomStrategy(schema, custom, status, false));
        if (status) {
            rules.strategy(definition.group(), plural, "status", new CustomStrategy(schema, custom, true, true));
        }
    }

    private void withdraw(String name) {
        GroupResource resource = served.remove(name);
        servedSpecs.remove(name);
        if (resource != null) {
            serving.withdraw(resource);
            rules.remove(resource);
            LOG.info("custom resource is served no longer resource={}", resource);
        }
    }

    /** Empties a resource whose definition is being deleted, and then lets the definition go. */
    private boolean finish(String name, ObjectValue crd) throws InterruptedException {
        boolean held = crd.array("metadata", "finalizers").stream()
                .flatMap(ArrayValue::strings)
                .anyMatch(DefinitionStrategy.FINALIZER::equals);
        if (!held) {
            return true;
        }
        GroupResource resource = served.get(name);
        if (resource != null) {
            mark(name, "InstanceDeletionInProgress", "CustomResource deletion is in progress", "True");
            if (!serving.empty(resource)) {
                return false;
            }
        }
        objects.update(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", name, current -> {
            Conditions.put(
                    current,
                    "Terminating",
                    "False",
                    "InstanceDeletionCompleted",
                    "removed all instances",
                    ApiTime.format(clock.instant()));
            current.object("metadata")
                    .flatMap(metadata -> metadata.array("finalizers"))
                    .ifPresent(finalizers ->
                            finalizers.items().removeIf(item -> item.equals(Value.of(DefinitionStrategy.FINALIZER))));
            return current;
        });
        removeWhenFree(name);
        return true;
    }

    private void mark(String name, String reason, String message, String status) {
        objects.update(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", name, current -> {
            Conditions.put(current, "Terminating", status, reason, message, ApiTime.format(clock.instant()));
            return current;
        });
    }

    private void removeWhenFree(String name) {
        objects.findLatest(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", name)
                .filter(crd -> crd.array("metadata", "finalizers")
                        .map(ArrayValue::isEmpty)
                        .orElse(true))
                .ifPresent(crd -> objects.delete(
                        Resources.CUSTOM_RESOURCE_DEFINITIONS,
                        "",
                        name,
                        crd.string("metadata", "uid").orElse("")));
    }

    @Override
    public void close() {
        thread.interrupt();
        following.ifPresent(open -> {
            try {
                open.close();
            } catch (Exception e) {
                LOG.warn("following of custom resource definitions does not end", e);
            }
        });
    }
}
