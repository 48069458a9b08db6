package io.argosy.controllermanager.garbage;

import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who owns whom, by UID. One lock; what has to be looked at is told to two listeners, which only put UIDs into queues.
 */
final class Graph {

    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    private static final int REMEMBERED = 500;

    /** A view of a node at one moment. */
    record View(
            Identity identity,
            boolean virtual,
            boolean deleting,
            boolean deletingDependents,
            List<Dependent> dependents) {
        View {
            dependents = List.copyOf(dependents);
        }
    }

    /** @param blocks whether it holds back its owner's foreground deletion */
    record Dependent(Identity identity, boolean blocks, boolean deletingDependents) {}

    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Boolean> absent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Consumer<String> lookAt;
    private final Consumer<String> orphanOf;

    /**
     * @param lookAt takes the UID of an object that may have to be deleted
     * @param orphanOf takes the UID of an object whose dependents are to be set free
     */
    Graph(Consumer<String> lookAt, Consumer<String> orphanOf) {
        this.lookAt = lookAt;
        this.orphanOf = orphanOf;
    }

    /** An object was seen, new or changed. */
    synchronized void put(HasMetadata object) {
        Identity identity = identity(object);
        absent.remove(identity.uid());
        Node node = nodes.computeIfAbsent(identity.uid(), uid -> new Node(identity));
        boolean wasVirtual = node.virtual;
        node.virtual = false;
        if (wasVirtual && !node.identity.equals(identity)) {
            // References that named this UID otherwise are about something that does not exist.
            node.dependents.forEach(lookAt);
        }
        node.identity = identity;
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences() == null
                ? List.of()
                : List.copyOf(object.getMetadata().getOwnerReferences());
        relink(node, owners);
        boolean deletingNow = Owners.isDeleting(object);
        List<String> finalizers = object.getMetadata().getFinalizers() == null
                ? List.of()
                : object.getMetadata().getFinalizers();
        if (deletingNow && finalizers.contains(ORPHAN)) {
            orphanOf.accept(identity.uid());
        }
        if (deletingNow && finalizers.contains(FOREGROUND) && !node.deletingDependents) {
            node.deletingDependents = true;
            node.dependents.forEach(lookAt);
        }
        node.deleting = deletingNow;
        if (node.deletingDependents) {
            lookAt.accept(identity.uid());
        }
    }

    private void relink(Node node, List<OwnerReference> owners) {
        List<OwnerReference> before = node.owners;
        node.owners = owners;
        boolean unblocked = false;
        for (OwnerReference old : before) {
            Optional<OwnerReference> still = find(owners, old.getUid());
            Node owner = nodes.get(old.getUid());
            if (still.isEmpty() && owner != null) {
                owner.dependents.remove(node.identity.uid());
            }
            boolean wasBlocking = Boolean.TRUE.equals(old.getBlockOwnerDeletion());
            boolean isBlocking = still.map(OwnerReference::getBlockOwnerDeletion)
                    .filter(Boolean.TRUE::equals)
                    .isPresent();
            if (wasBlocking && !isBlocking && owner != null && owner.deletingDependents) {
                lookAt.accept(old.getUid());
            }
            unblocked |= still.isEmpty();
        }
        for (OwnerReference reference : owners) {
            Node owner = nodes.get(reference.getUid());
            if (owner == null) {
                owner = new Node(new Identity(
                        reference.getApiVersion(),
                        reference.getKind(),
                        node.identity.namespace(),
                        reference.getName(),
                        reference.getUid()));
                owner.virtual = true;
                nodes.put(reference.getUid(), owner);
                lookAt.accept(reference.getUid());
            } else if (!owner.identity.name().equals(reference.getName())
                    || !owner.identity.kind().equals(reference.getKind())
                    || (!owner.identity.namespace().isEmpty()
                            && !owner.identity.namespace().equals(node.identity.namespace()))) {
                lookAt.accept(node.identity.uid());
            }
            boolean added = owner.dependents.add(node.identity.uid());
            if (added && (owner.deletingDependents || unblocked)) {
                lookAt.accept(node.identity.uid());
            }
        }
        if (unblocked && !owners.isEmpty()) {
            lookAt.accept(node.identity.uid());
        }
    }

    private static Optional<OwnerReference> find(List<OwnerReference> owners, String uid) {
        return owners.stream().filter(owner -> owner.getUid().equals(uid)).findFirst();
    }

    /** An object is gone. */
    synchronized void remove(String uid) {
        absent.put(uid, true);
        Node node = nodes.remove(uid);
        if (node == null) {
            return;
        }
        for (OwnerReference reference : node.owners) {
            Node owner = nodes.get(reference.getUid());
            if (owner != null) {
                owner.dependents.remove(uid);
                if (owner.deletingDependents) {
                    lookAt.accept(reference.getUid());
                }
            }
        }
        if (!node.dependents.isEmpty()) {
            node.dependents.forEach(lookAt);
        }
    }

    synchronized boolean isAbsent(String uid) {
        return absent.containsKey(uid);
    }

    synchronized Optional<View> view(String uid) {
        Node node = nodes.get(uid);
        if (node == null) {
            return Optional.empty();
        }
        List<Dependent> dependents = new ArrayList<>();
        for (String dependentUid : node.dependents) {
            @Nullable Node dependent = nodes.get(dependentUid);
            if (dependent != null) {
                boolean blocks = dependent.owners.stream()
                        .anyMatch(owner ->
                                owner.getUid().equals(uid) && Boolean.TRUE.equals(owner.getBlockOwnerDeletion()));
                dependents.add(new Dependent(dependent.identity, blocks, dependent.deletingDependents));
            }
        }
        return Optional.of(new View(node.identity, node.virtual, node.deleting, node.deletingDependents, dependents));
    }

    synchronized int size() {
        return nodes.size();
    }

    static Identity identity(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return new Identity(
                object.getApiVersion(),
                object.getKind(),
                namespace == null ? "" : namespace,
                object.getMetadata().getName(),
                object.getMetadata().getUid());
    }
}
