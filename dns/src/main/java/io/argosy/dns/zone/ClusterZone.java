package io.argosy.dns.zone;

import io.argosy.apimodel.meta.ObjectKey;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The cluster's domain and its reverse zones. Updates come from one thread; answers are given by any number of threads,
 * each from one consistent {@link ServiceEntry}.
 *
 * <p>Source: Kubernetes DNS-Based Service Discovery, version 1.1.0.
 */
public final class ClusterZone {

    static final int TTL_SECONDS = 30;
    private static final String SPECIFICATION = "1.1.0";

    private final Name domain;
    private final Name nameServer;
    private final ConcurrentHashMap<ObjectKey, ServiceEntry> services = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetAddress, Set<Name>> reverse = new ConcurrentHashMap<>();
    private final Set<String> namespaces = ConcurrentHashMap.newKeySet();

    /** @param domain {@code cluster.local} */
    public ClusterZone(String domain) {
        this.domain = absolute(domain);
        this.nameServer = under("ns.dns", this.domain);
    }

    public void putNamespace(String namespace) {
        namespaces.add(namespace);
    }

    public void removeNamespace(String namespace) {
        namespaces.remove(namespace);
    }

    /** Puts the entry in place of the one with its name. */
    public void put(ServiceEntry entry) {
        ServiceEntry former = services.put(new ObjectKey(entry.namespace(), entry.name()), entry);
        if (former != null) {
            changeReverse(former, false);
        }
        changeReverse(entry, true);
    }

    public void remove(ObjectKey key) {
        ServiceEntry former = services.remove(key);
        if (former != null) {
            changeReverse(former, false);
        }
    }

    /** Answers for names of the domain and for the addresses of Services; all else is not ours. */
    public Resolution resolve(Name name, int type) {
        Optional<InetAddress> address = ReverseNames.address(name);
        if (address.isPresent()) {
            return reverse(name, address.get(), type);
        }
        if (!name.subdomain(domain)) {
            return new Resolution.NotOurs();
        }
        return forward(name, type);
    }

    /** The start of authority that goes with negative answers. */
    public SOARecord authority() {
        return new SOARecord(
                domain,
                DClass.IN,
                TTL_SECONDS,
                nameServer,
                under("hostmaster", domain),
                1,
                7200,
                1800,
                86400,
                TTL_SECONDS);
    }

    private Resolution forward(Name name, int type) {
        String[] labels = labelsUnderDomain(name);
        if (labels.length == 0) {
            return apex(name, type);
        }
        return switch (labels[labels.length - 1]) {
            case "svc" -> service(name, type, labels);
            case "pod" -> pod(name, type, labels);
            case "dns-version" -> labels.length == 1 ? version(name, type) : new Resolution.NoSuchName();
            case "dns" -> new Resolution.NoData();
            default -> new Resolution.NoSuchName();
        };
    }

    private Resolution apex(Name name, int type) {
        return switch (type) {
            case Type.SOA -> Resolution.Found.of(List.of(authority()));
            case Type.NS -> Resolution.Found.of(List.of(new NSRecord(name, DClass.IN, TTL_SECONDS, nameServer)));
            default -> new Resolution.NoData();
        };
    }

    private static Resolution version(Name name, int type) {
        return type == Type.TXT
                ? Resolution.Found.of(List.of(new TXTRecord(name, DClass.IN, TTL_SECONDS, SPECIFICATION)))
                : new Resolution.NoData();
    }

    private Resolution service(Name name, int type, String[] labels) {
        int count = labels.length;
        if (count == 1) {
            return new Resolution.NoData();
        }
        String namespace = labels[count - 2];
        if (count == 2) {
            return namespaces.contains(namespace) ? new Resolution.NoData() : new Resolution.NoSuchName();
        }
        ServiceEntry entry = services.get(new ObjectKey(namespace, labels[count - 3]));
        if (entry == null) {
            return new Resolution.NoSuchName();
        }
        return switch (count) {
            case 3 -> ofService(name, type, entry);
            case 4 -> ofEndpoint(name, type, entry, labels[0]);
            case 5 -> ofPort(name, type, entry, labels[0], labels[1]);
            default -> new Resolution.NoSuchName();
        };
    }

    private Resolution ofService(Name name, int type, ServiceEntry entry) {
        if (entry.externalName().isPresent()) {
            Name target = absolute(entry.externalName().get());
            return new Resolution.Alias(new CNAMERecord(name, DClass.IN, TTL_SECONDS, target), target);
        }
        if (entry.headless() && entry.endpoints().isEmpty()) {
            return new Resolution.NoSuchName();
        }
        if (type == Type.SRV) {
            List<SRVRecord> targets = new ArrayList<>();
            List<Record> additional = new ArrayList<>();
            allPorts(entry).forEach(port -> addTargets(name, entry, port, targets, additional));
            return found(targets, additional);
        }
        List<InetAddress> addresses = entry.headless()
                ? entry.endpoints().stream().map(ServiceEntry.Endpoint::address).toList()
                : entry.addresses();
        return addresses(name, type, addresses);
    }

    private static Resolution ofEndpoint(Name name, int type, ServiceEntry entry, String hostname) {
        List<InetAddress> addresses = entry.endpoints().stream()
                .filter(endpoint -> entry.headless() && endpoint.hostname().equals(hostname))
                .map(ServiceEntry.Endpoint::address)
                .toList();
        return addresses.isEmpty() ? new Resolution.NoSuchName() : addresses(name, type, addresses);
    }

    /** {@code _port._protocol.service.namespace.svc}, or an endpoint's name is too deep and does not exist. */
    private Resolution ofPort(Name name, int type, ServiceEntry entry, String port, String protocol) {
        if (!port.startsWith("_") || !protocol.startsWith("_")) {
            return new Resolution.NoSuchName();
        }
        List<SRVRecord> targets = new ArrayList<>();
        List<Record> additional = new ArrayList<>();
        for (ServiceEntry.Port candidate : allPorts(entry)) {
            if (candidate.name().equals(port.substring(1))
                    && candidate.protocol().equals(protocol.substring(1))) {
                addTargets(name, entry, candidate, targets, additional);
            }
        }
        if (targets.isEmpty()) {
            return new Resolution.NoSuchName();
        }
        return type == Type.SRV ? found(targets, additional) : new Resolution.NoData();
    }

    private static Set<ServiceEntry.Port> allPorts(ServiceEntry entry) {
        if (!entry.headless()) {
            return new LinkedHashSet<>(entry.ports());
        }
        Set<ServiceEntry.Port> ports = new LinkedHashSet<>();
        entry.endpoints().forEach(endpoint -> ports.addAll(endpoint.ports()));
        return ports;
    }

    private void addTargets(
            Name name, ServiceEntry entry, ServiceEntry.Port port, List<SRVRecord> targets, List<Record> additional) {
        Name service = serviceName(entry);
        if (!entry.headless()) {
            targets.add(new SRVRecord(name, DClass.IN, TTL_SECONDS, 0, 100, port.number(), service));
            entry.addresses().forEach(address -> additional.add(record(service, address)));
            return;
        }
        for (ServiceEntry.Endpoint endpoint : entry.endpoints()) {
            if (endpoint.ports().contains(port)) {
                Name target = under(endpoint.hostname(), service);
                targets.add(new SRVRecord(name, DClass.IN, TTL_SECONDS, 0, 100, port.number(), target));
                additional.add(record(target, endpoint.address()));
            }
        }
    }

    private static Resolution found(List<SRVRecord> targets, List<Record> additional) {
        return targets.isEmpty()
                ? new Resolution.NoData()
                : new Resolution.Found(
                        new ArrayList<>(targets), additional.stream().distinct().toList());
    }

    /** {@code 10-244-0-5.namespace.pod}: the address is in the name itself. */
    private Resolution pod(Name name, int type, String[] labels) {
        if (labels.length == 1) {
            return new Resolution.NoData();
        }
        if (!namespaces.contains(labels[labels.length - 2])) {
            return new Resolution.NoSuchName();
        }
        if (labels.length == 2) {
            return new Resolution.NoData();
        }
        Optional<InetAddress> address =
                labels.length == 3 ? ReverseNames.addressOfPodLabel(labels[0]) : Optional.empty();
        return address.<Resolution>map(found -> addresses(name, type, List.of(found)))
                .orElseGet(Resolution.NoSuchName::new);
    }

    private static Resolution addresses(Name name, int type, List<InetAddress> addresses) {
        List<Record> records = new ArrayList<>();
        for (InetAddress address : addresses) {
            Record record = record(name, address);
            if (record.getType() == type || type == Type.ANY) {
                records.add(record);
            }
        }
        return records.isEmpty() ? new Resolution.NoData() : Resolution.Found.of(records);
    }

    private Resolution reverse(Name name, InetAddress address, int type) {
        Set<Name> names = reverse.get(address);
        if (names == null) {
            return new Resolution.NotOurs();
        }
        if (type != Type.PTR && type != Type.ANY) {
            return new Resolution.NoData();
        }
        List<Record> records = new ArrayList<>();
        names.forEach(target -> records.add(new PTRRecord(name, DClass.IN, TTL_SECONDS, target)));
        return records.isEmpty() ? new Resolution.NoSuchName() : Resolution.Found.of(records);
    }

    private void changeReverse(ServiceEntry entry, boolean add) {
        Name service = serviceName(entry);
        entry.addresses().forEach(address -> changeReverse(address, service, add));
        for (ServiceEntry.Endpoint endpoint : entry.endpoints()) {
            if (entry.headless() && endpoint.named()) {
                changeReverse(endpoint.address(), under(endpoint.hostname(), service), add);
            }
        }
    }

    private void changeReverse(InetAddress address, Name name, boolean add) {
        reverse.compute(address, (_, present) -> {
            Set<Name> names = present == null ? new LinkedHashSet<>() : new LinkedHashSet<>(present);
            if (add) {
                names.add(name);
            } else {
                names.remove(name);
            }
            return names.isEmpty() ? null : names;
        });
    }

    private Name serviceName(ServiceEntry entry) {
        return under(entry.name() + "." + entry.namespace() + ".svc", domain);
    }

    private static Record record(Name name, InetAddress address) {
        return address instanceof Inet4Address
                ? new ARecord(name, DClass.IN, TTL_SECONDS, address)
                : new AAAARecord(name, DClass.IN, TTL_SECONDS, address);
    }

    private String[] labelsUnderDomain(Name name) {
        int count = name.labels() - domain.labels();
        String[] labels = new String[count];
        for (int i = 0; i < count; i++) {
            labels[i] = name.getLabelString(i).toLowerCase(Locale.ROOT);
        }
        return labels;
    }

    private static Name absolute(String name) {
        try {
            return Name.fromString(name.endsWith(".") ? name : name + ".");
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a DNS name: " + name, e);
        }
    }

    private static Name under(String relative, Name origin) {
        try {
            return Name.fromString(relative, origin);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("not a DNS name: " + relative, e);
        }
    }
}
