package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.WriteHook;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes addresses and ports when a Service is written, and gives back what a failed write or a deletion leaves. */
public final class ServiceAllocation implements WriteHook {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceAllocation.class);
    private static final FieldPath SPEC = FieldPath.of("spec");

    private final ClusterAddresses addresses;
    private final NodePorts ports;
    private final ServiceFamilies families;

    public ServiceAllocation(ClusterAddresses addresses, NodePorts ports) {
        this.addresses = addresses;
        this.ports = ports;
        this.families = new ServiceFamilies(addresses.families(), addresses.primary());
    }

    @Override
    public Reservation begin(StrategyContext context, ObjectValue object, Optional<ObjectValue> old, boolean dryRun) {
        ServiceView service = new ServiceView(object);
        Optional<ServiceView> before = old.map(ServiceView::new);
        String name = object.string("metadata", "name").orElse(context.name());
        ObjectKey key = new ObjectKey(context.namespace(), name);
        if (before.isPresent() && context.subresource().equals("status")) {
            return Reservation.NONE;
        }
        List<FieldError> errors = families.fill(service, before);
        if (!errors.isEmpty()) {
            throw ApiException.invalid("", "Service", name, errors);
        }
        Taken taken = new Taken(key, dryRun);
        try {
            takeAddresses(service, before, taken);
            takePorts(service, before, taken);
            return taken;
        } catch (ApiException e) {
            taken.release();
            throw e;
        }
    }

    @Override
    public void deleted(StrategyContext context, ObjectValue old, boolean dryRun) {
        if (dryRun) {
            return;
        }
        ServiceView service = new ServiceView(old);
        ObjectKey key = new ObjectKey(
                context.namespace(), old.string("metadata", "name").orElse(context.name()));
        if (!service.externalName() && !service.headless()) {
            service.clusterIps().forEach(ip -> addresses.release(key, ip));
        }
        service.nodePorts().stream().distinct().forEach(ports::release);
        if (service.healthCheckPort() > 0) {
            ports.release(service.healthCheckPort());
        }
    }

    /** What one write has taken, and what it lets go when it is done. */
    private final class Taken implements Reservation {
        private final ObjectKey key;
        private final boolean dryRun;
        private final List<String> newAddresses = new ArrayList<>();
        private final List<Integer> newPorts = new ArrayList<>();
        private final List<String> oldAddresses = new ArrayList<>();
        private final List<Integer> oldPorts = new ArrayList<>();

        Taken(ObjectKey key, boolean dryRun) {
            this.key = key;
            this.dryRun = dryRun;
        }

        @Override
        public void commit() {
            giveBack(oldAddresses, oldPorts);
        }

        @Override
        public void release() {
            giveBack(newAddresses, newPorts);
        }

        private void giveBack(List<String> ips, List<Integer> numbers) {
            if (dryRun) {
                return;
            }
            try {
                ips.forEach(ip -> addresses.release(key, ip));
                numbers.stream().distinct().forEach(ports::release);
            } catch (ApiException e) {
                LOG.warn("cannot give back service={} addresses={} ports={} error={}", key, ips, numbers, e.message());
            }
        }
    }

    private void takeAddresses(ServiceView service, Optional<ServiceView> before, Taken taken) {
        boolean had = before.map(old -> !old.externalName() && !old.headless()).orElse(false);
        if (service.externalName() || (service.headless() && !had)) {
            if (had) {
                taken.oldAddresses.addAll(before.orElseThrow().clusterIps());
            }
            return;
        }
        if (before.isPresent() && !before.get().externalName() && before.get().headless()) {
            return;
        }
        List<String> held = had ? before.orElseThrow().clusterIps() : List.of();
        List<String> ips = new ArrayList<>(service.clusterIps());
        List<String> wanted = service.families();
        for (int i = 0; i < wanted.size(); i++) {
            if (i >= ips.size()) {
                ips.add("");
            }
            if (ips.get(i).isEmpty() || !held.contains(ips.get(i))) {
                ips.set(i, takeAddress(service, taken, wanted.get(i), ips.get(i)));
                taken.newAddresses.add(ips.get(i));
            }
        }
        held.stream().filter(ip -> !ips.contains(ip)).forEach(taken.oldAddresses::add);
        service.setClusterIps(ips);
    }

    private String takeAddress(ServiceView service, Taken taken, String family, String ip) {
        try {
            if (ip.isEmpty()) {
                return Addresses.text(
                        addresses.takeAny(taken.key, Family.of(family).orElseThrow(), taken.dryRun));
            }
            InetAddress address = AddressRange.address(ip)
                    .orElseThrow(() -> ApiException.internal("failed to parse service IP \"" + ip + "\""));
            addresses.take(taken.key, address, taken.dryRun);
            return ip;
        } catch (ClusterAddresses.RefusedException e) {
            if (e.full()) {
                throw ApiException.internal(
                        "failed to allocate a serviceIP for Service \"" + taken.key.name() + "\": " + e.why());
            }
            throw ApiException.invalid(
                    "",
                    "Service",
                    taken.key.name(),
                    List.of(FieldError.invalid(
                            SPEC.child("clusterIPs"),
                            ArrayValue.ofStrings(service.clusterIps()),
                            "failed to allocate IP " + ip + (ip.isEmpty() ? "" : ": ") + e.why())));
        }
    }

    private void takePorts(ServiceView service, Optional<ServiceView> before, Taken taken) {
        List<Integer> held = before.filter(ServiceView::hasNodePorts)
                .map(ServiceView::nodePorts)
                .orElse(List.of());
        if (service.hasNodePorts()) {
            takeNodePorts(service, held, taken);
        }
        List<Integer> kept = service.hasNodePorts() ? service.nodePorts() : List.of();
        held.stream().filter(port -> !kept.contains(port)).forEach(taken.oldPorts::add);
        boolean hadCheck = before.map(ServiceView::needsHealthCheckPort).orElse(false);
        if (service.needsHealthCheckPort() && !hadCheck) {
            takeHealthCheckPort(service, taken);
        } else if (hadCheck && !service.needsHealthCheckPort()) {
            taken.oldPorts.add(before.orElseThrow().healthCheckPort());
        }
    }

    /** Ports of the same number, TCP and UDP, share a node port. */
    private void takeNodePorts(ServiceView service, List<Integer> held, Taken taken) {
        List<ObjectValue> all = service.ports();
        for (int i = 0; i < all.size(); i++) {
            ObjectValue port = all.get(i);
            int number = port.integer("nodePort").orElse(0L).intValue();
            if (number == 0 && !service.allocatesNodePorts()) {
                continue;
            }
            if (number == 0) {
                number = sibling(all, port).orElse(0);
            }
            if (number == 0) {
                number = takeAnyPort(taken);
            } else if (!held.contains(number) && !taken.newPorts.contains(number)) {
                takePort(number, i, taken);
            }
            port.put("nodePort", number);
        }
    }

    private static Optional<Integer> sibling(List<ObjectValue> all, ObjectValue port) {
        return all.stream()
                .filter(other -> other.integer("port").equals(port.integer("port")))
                .map(other -> other.integer("nodePort").orElse(0L).intValue())
                .filter(number -> number != 0)
                .findFirst();
    }

    private int takeAnyPort(Taken taken) {
        int number = ports.takeAny(taken.dryRun)
                .orElseThrow(() -> ApiException.internal("failed to allocate a nodePort: range is full"));
        taken.newPorts.add(number);
        return number;
    }

    private void takePort(int number, int index, Taken taken) {
        Optional<String> problem = ports.take(number, taken.dryRun);
        if (problem.isPresent()) {
            throw ApiException.invalid(
                    "",
                    "Service",
                    taken.key.name(),
                    List.of(FieldError.invalid(
                            SPEC.child("ports").index(index).child("nodePort"), Value.of(number), problem.get())));
        }
        taken.newPorts.add(number);
    }

    private void takeHealthCheckPort(ServiceView service, Taken taken) {
        int number = service.healthCheckPort();
        if (number == 0) {
            service.spec().put("healthCheckNodePort", takeAnyPort(taken));
            return;
        }
        ports.take(number, taken.dryRun).ifPresent(problem -> {
            throw ApiException.internal("failed to allocate requested HealthCheck NodePort " + number + ": " + problem);
        });
        taken.newPorts.add(number);
    }
}
