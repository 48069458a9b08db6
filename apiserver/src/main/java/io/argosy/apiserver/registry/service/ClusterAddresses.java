package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Gives addresses of the ServiceCIDRs to Services. Who holds an address is an IPAddress object of its name, so that two
 * servers cannot give the same one.
 *
 * <p>Source: Kubernetes pages "Virtual IPs and Service Proxies" and "Extend Service IP Ranges".
 */
public final class ClusterAddresses {

    /** An address that cannot be had, and why. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean full;

        RefusedException(String message, boolean full) {
            super(message, null, false, false);
            this.full = full;
        }

        boolean full() {
            return full;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private final ClusterObjects objects;
    private final List<AddressRange> defaults;
    private final RandomGenerator random;

    /** @param defaults the ranges of {@code --service-cluster-ip-range}: of one family, or one of each */
    public ClusterAddresses(ClusterObjects objects, List<AddressRange> defaults, RandomGenerator random) {
        this.objects = objects;
        this.defaults = List.copyOf(defaults);
        this.random = random;
    }

    Set<Family> families() {
        Set<Family> families = EnumSet.noneOf(Family.class);
        defaults.forEach(range -> families.add(range.family()));
        return families;
    }

    Family primary() {
        return defaults.getFirst().family();
    }

    /** Takes one given address. */
    void take(ObjectKey service, InetAddress address, boolean dryRun) throws RefusedException {
        List<AddressRange> ranges = ranges(Family.of(address));
        if (ranges.stream().noneMatch(range -> range.assignable(address))) {
            String valid = ranges.stream()
                    .map(AddressRange::toString)
                    .reduce((first, second) -> first + "," + second)
                    .orElse("");
            throw new RefusedException(
                    "the provided network does not match the current range"
                            .concat(valid.isEmpty() ? "" : ": the range of valid IPs is " + valid),
                    false);
        }
        if (!tryTake(service, address, dryRun)) {
            throw new RefusedException("provided IP is already allocated", false);
        }
    }

    /** Takes any free address of a family. */
    InetAddress takeAny(ObjectKey service, Family family, boolean dryRun) throws RefusedException {
        for (AddressRange range : ranges(family)) {
            long size = range.size();
            long fixed = range.reservedForStatic();
            if (dryRun && size > 0) {
                return range.at(size - 1);
            }
            Optional<InetAddress> found =
                    search(service, range, fixed, size).or(() -> search(service, range, 0, fixed));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new RefusedException("range is full", true);
    }

    private Optional<InetAddress> search(ObjectKey service, AddressRange range, long from, long to) {
        if (to <= from) {
            return Optional.empty();
        }
        long start = random.nextLong(to - from);
        long tries = Math.min(to - from, 1 << 20);
        for (long i = 0; i < tries; i++) {
            InetAddress address = range.at(from + (start + i) % (to - from));
            if (!objects.find(Resources.IP_ADDRESSES, "", Addresses.text(address))
                            .isPresent()
                    && tryTake(service, address, false)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** The ready ranges of a family, the oldest first; the server's own until its ServiceCIDR exists. */
    private List<AddressRange> ranges(Family family) {
        List<AddressRange> ranges = new ArrayList<>();
        for (ObjectValue cidr : objects.list(Resources.SERVICE_CIDRS, "")) {
            if (cidr.string("metadata", "deletionTimestamp").isPresent() || !ready(cidr)) {
                continue;
            }
            cidr.array("spec", "cidrs")
                    .ifPresent(texts -> texts.strings()
                            .map(AddressRange::parse)
                            .filter(range -> range.family() == family)
                            .forEach(ranges::add));
        }
        defaults.stream()
                .filter(range -> range.family() == family && !ranges.contains(range))
                .forEach(ranges::addFirst);
        return ranges;
    }

    private static boolean ready(ObjectValue cidr) {
        return cidr.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .anyMatch(condition -> condition.string("type").orElse("").equals("Ready")
                        && condition.string("status").orElse("").equals("True"));
    }

    private boolean tryTake(ObjectKey service, InetAddress address, boolean dryRun) {
        String name = Addresses.text(address);
        if (dryRun) {
            return objects.find(Resources.IP_ADDRESSES, "", name).isEmpty();
        }
        try {
            objects.create(Resources.IP_ADDRESSES, holder(service, address, name));
            return true;
        } catch (ApiException e) {
            if (e.reason().equals("AlreadyExists")) {
                return false;
            }
            throw e;
        }
    }

    static ObjectValue holder(ObjectKey service, InetAddress address, String name) {
        ObjectValue labels = new ObjectValue()
                .put("ipaddress.kubernetes.io/ip-family", Family.of(address).text())
                .put("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
        ObjectValue parent = new ObjectValue()
                .put("resource", "services")
                .put("namespace", service.namespace())
                .put("name", service.name());
        return new ObjectValue()
                .put("apiVersion", "networking.k8s.io/v1")
                .put("kind", "IPAddress")
                .put("metadata", new ObjectValue().put("name", name).put("labels", labels))
                .put("spec", new ObjectValue().put("parentRef", parent));
    }

    /** Gives an address back if this Service holds it. */
    void release(ObjectKey service, String address) {
        AddressRange.address(address)
                .flatMap(parsed -> objects.findLatest(Resources.IP_ADDRESSES, "", Addresses.text(parsed)))
                .filter(holder ->
                        holder.string("spec", "parentRef", "name").orElse("").equals(service.name())
                                && holder.string("spec", "parentRef", "namespace")
                                        .orElse("")
                                        .equals(service.namespace()))
                .ifPresent(holder -> objects.delete(
                        Resources.IP_ADDRESSES,
                        "",
                        holder.string("metadata", "name").orElse(""),
                        holder.string("metadata", "uid").orElse("")));
    }
}
