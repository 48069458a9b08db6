package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** ResourceClaims: their number, and how many devices of a class they may get. */
final class DeviceClaimEvaluator implements Evaluator {

    private static final GroupResource CLAIMS = new GroupResource("resource.k8s.io", "resourceclaims");
    private static final String COUNT = Names.count(CLAIMS);
    private static final String DEVICES = ".deviceclass.resource.k8s.io/devices";
    private static final String IMPLICIT = Names.REQUESTS + Names.DEVICE_CLASS;

    /** The most devices that a claim may be given. */
    private static final long ALL = 32;

    private final DeviceClasses classes;
    private final Evaluator pods = new PodEvaluator();

    DeviceClaimEvaluator(DeviceClasses classes) {
        this.classes = classes;
    }

    @Override
    public GroupResource resource() {
        return CLAIMS;
    }

    @Override
    public Set<String> matching(Set<String> names) {
        return Names.among(names, this::isLimited);
    }

    private boolean isLimited(String name) {
        if (name.equals(COUNT) || name.endsWith(DEVICES)) {
            return true;
        }
        boolean ofClass = name.startsWith(IMPLICIT)
                && classes.extendedResource(name.substring(IMPLICIT.length())).isPresent();
        return ofClass || (Names.limitsExtended(name) && classes.provides(name.substring(Names.REQUESTS.length())));
    }

    @Override
    public Amounts usage(ObjectValue claim, Instant now) {
        TreeMap<String, Quantity> used = new TreeMap<>();
        used.put(COUNT, Quantity.of(1));
        claim.array("spec", "devices", "requests").stream()
                .flatMap(ArrayValue::objects)
                .forEach(request ->
                        devices(request).byName().forEach((name, amount) -> used.merge(name, amount, Quantity::plus)));
        return new Amounts(used).replacedBy(extended(claim, new Amounts(used), now));
    }

    /** Of alternatives, the most that one of them takes of a class. */
    private static Amounts devices(ObjectValue request) {
        List<ObjectValue> alternatives = request.array("firstAvailable").stream()
                .flatMap(ArrayValue::objects)
                .toList();
        if (!alternatives.isEmpty()) {
            return alternatives.stream()
                    .map(DeviceClaimEvaluator::ofClass)
                    .reduce(Amounts.NONE, Amounts::atLeast)
                    .withoutZeros();
        }
        return request.object("exactly")
                .or(() -> Optional.of(request).filter(old -> old.has("deviceClassName")))
                .map(DeviceClaimEvaluator::ofClass)
                .orElse(Amounts.NONE);
    }

    private static Amounts ofClass(ObjectValue request) {
        long number = switch (request.string("allocationMode").orElse("")) {
            case "ExactCount" -> request.integer("count").orElse(0L);
            case "All" -> ALL;
            default -> 0;
        };
        TreeMap<String, Quantity> devices = new TreeMap<>();
        devices.put(request.string("deviceClassName").orElse("") + DEVICES, Quantity.of(number));
        return new Amounts(devices);
    }

    /** The same devices by the names that pods ask for them, without what the claim's pod is charged for already. */
    private Amounts extended(ObjectValue claim, Amounts devices, Instant now) {
        TreeMap<String, Quantity> byResource = new TreeMap<>();
        devices.byName().forEach((name, amount) -> {
            if (name.endsWith(DEVICES) && name.length() > DEVICES.length()) {
                String className = name.substring(0, name.length() - DEVICES.length());
                byResource.put(IMPLICIT + className, amount);
                classes.extendedResource(className)
                        .ifPresent(resource -> byResource.put(Names.REQUESTS + resource, amount));
            }
        });
        Amounts ofPod = classes.owner(claim).map(pod -> pods.usage(pod, now)).orElse(Amounts.NONE);
        Amounts all = new Amounts(byResource);
        return all.above(ofPod.only(all.names())).withoutZeros();
    }

    @Override
    public boolean charges(String subresource, Optional<ObjectValue> old, ObjectValue claim) {
        return subresource.isEmpty();
    }
}
