package io.argosy.controllermanager.servicecidr;

import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import java.util.List;
import java.util.Objects;

/** Which ranges depend on each other. Pure. */
final class RangeUse {

    private RangeUse() {}

    static List<Prefix> prefixes(ServiceCIDR range) {
        return range.getSpec() == null || range.getSpec().getCidrs() == null
                ? List.of()
                : range.getSpec().getCidrs().stream()
                        .flatMap(text -> Prefix.parse(text).stream())
                        .toList();
    }

    static boolean contains(ServiceCIDR range, Prefix part) {
        return prefixes(range).stream().anyMatch(prefix -> prefix.contains(part));
    }

    static boolean overlap(ServiceCIDR one, ServiceCIDR other) {
        return prefixes(one).stream()
                .anyMatch(prefix -> prefixes(other).stream().anyMatch(prefix::overlaps));
    }

    /** Whether a range can go: others contain all of it, or no address has this range alone. */
    static boolean canGo(ServiceCIDR range, List<ServiceCIDR> all, List<Prefix> addresses) {
        List<ServiceCIDR> others = all.stream()
                .filter(other -> !Objects.equals(
                        other.getMetadata().getName(), range.getMetadata().getName()))
                .toList();
        boolean covered =
                prefixes(range).stream().allMatch(prefix -> others.stream().anyMatch(other -> contains(other, prefix)));
        return covered
                || addresses.stream()
                        .filter(address -> contains(range, address))
                        .allMatch(address -> others.stream().anyMatch(other -> contains(other, address)));
    }
}
