package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ObjectValue;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** PersistentVolumeClaims: their number and storage, in all and of each storage class. */
final class VolumeClaimEvaluator implements Evaluator {

    private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");
    private static final String COUNT = Names.count(CLAIMS);
    private static final String NUMBER = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";

    @Override
    public GroupResource resource() {
        return CLAIMS;
    }

    @Override
    public Set<String> matching(Set<String> names) {
        return Names.among(
                names,
                name -> Set.of(COUNT, NUMBER, STORAGE).contains(name)
                        || name.endsWith(OF_CLASS + NUMBER)
                        || name.endsWith(OF_CLASS + STORAGE));
    }

    @Override
    public boolean hasScopes() {
        return true;
    }

    /** A claim that is between two VolumeAttributesClasses has both. */
    @Override
    public boolean inScope(ScopeRule scope, ObjectValue claim) {
        if (!scope.scope().equals("VolumeAttributesClass")) {
            return false;
        }
        Set<String> classes = attributesClasses(claim);
        return classes.isEmpty()
                ? scope.takes(Optional.empty())
                : classes.stream().anyMatch(name -> scope.takes(Optional.of(name)));
    }

    private static Set<String> attributesClasses(ObjectValue claim) {
        TreeSet<String> names = new TreeSet<>();
        Stream.of(
                        claim.string("spec", "volumeAttributesClassName"),
                        claim.string("status", "currentVolumeAttributesClassName"),
                        claim.string("status", "modifyVolumeStatus", "targetVolumeAttributesClassName"))
                .flatMap(Optional::stream)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    @Override
    public Amounts usage(ObjectValue claim, Instant now) {
        TreeMap<String, Quantity> used = new TreeMap<>();
        used.put(NUMBER, Quantity.of(1));
        used.put(COUNT, Quantity.of(1));
        String storageClass = claim.string("metadata", "annotations", "volume.beta.kubernetes.io/storage-class")
                .or(() -> claim.string("spec", "storageClassName"))
                .orElse("");
        if (!storageClass.isEmpty()) {
            used.put(storageClass + OF_CLASS + NUMBER, Quantity.of(1));
        }
        storage(claim).ifPresent(amount -> {
            used.put(STORAGE, amount);
            if (!storageClass.isEmpty()) {
                used.put(storageClass + OF_CLASS + STORAGE, amount);
            }
        });
        return new Amounts(used);
    }

    /** What is asked for, or what is already allocated when that is more: an expansion that failed may be taken back. */
    private static Optional<Quantity> storage(ObjectValue claim) {
        Optional<Quantity> asked = amount(claim, "spec", "resources", "requests", "storage");
        Optional<Quantity> allocated = allocated(claim);
        return asked.map(wanted ->
                allocated.filter(amount -> amount.compareTo(wanted) > 0).orElse(wanted));
    }

    private static Optional<Quantity> allocated(ObjectValue claim) {
        return amount(claim, "status", "allocatedResources", "storage");
    }

    private static Optional<Quantity> amount(ObjectValue claim, String... path) {
        return claim.string(path)
                .flatMap(Quantity::tryParse)
                .map(amount -> new Quantity(amount.amount().setScale(0, RoundingMode.UP), amount.format()));
    }

    @Override
    public boolean charges(String subresource, Optional<ObjectValue> old, ObjectValue claim) {
        return subresource.isEmpty()
                || (subresource.equals("status")
                        && old.filter(before -> differ(before, claim)).isPresent());
    }

    @Override
    public boolean frees(ObjectValue before, ObjectValue after, Instant now) {
        return differ(before, after);
    }

    private static boolean differ(ObjectValue before, ObjectValue after) {
        return !allocated(before).equals(allocated(after))
                || !attributesClasses(before).equals(attributesClasses(after));
    }
}
