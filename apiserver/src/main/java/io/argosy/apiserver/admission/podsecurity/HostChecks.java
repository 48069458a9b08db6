package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What pods may use of their node. */
final class HostChecks {

    private HostChecks() {}

    static Optional<Violation> namespaces(PodView pod) {
        List<String> shared = Stream.of("hostNetwork", "hostPID", "hostIPC")
                .filter(name -> pod.spec().isTrue(name))
                .map(name -> name + "=true")
                .toList();
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("host namespaces", String.join(", ", shared)));
    }

    static Optional<Violation> paths(PodView pod) {
        List<String> volumes = pod.spec().array("volumes").stream()
                .flatMap(ArrayValue::objects)
                .filter(volume -> volume.object("hostPath").isPresent())
                .map(PodView::name)
                .toList();
        return volumes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("hostPath volumes", Words.volumes(volumes)));
    }

    static Optional<Violation> ports(PodView pod) {
        TreeSet<String> ports = new TreeSet<>();
        List<String> users = users(pod, ports, HostChecks::portsOf);
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "hostPort", use(users, "hostPort", "hostPorts", ports) + String.join(", ", ports)));
    }

    private static List<String> portsOf(ObjectValue container) {
        return container.array("ports").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(port -> port.integer("hostPort").stream())
                .filter(port -> port != 0)
                .map(String::valueOf)
                .toList();
    }

    /** The hosts that probes and hooks connect to: none, that is the pod itself. */
    static Optional<Violation> probes(PodView pod) {
        TreeSet<String> hosts = new TreeSet<>();
        TreeSet<String> users = new TreeSet<>(users(pod, hosts, HostChecks::hostsOf));
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "probe or lifecycle host",
                        use(users, "probe or lifecycle host", "probe or lifecycle hosts", hosts)
                                + Words.quoted(hosts)));
    }

    private static List<String> hostsOf(ObjectValue container) {
        return Stream.of(
                        container.object("livenessProbe"),
                        container.object("readinessProbe"),
                        container.object("startupProbe"),
                        container.object("lifecycle", "postStart"),
                        container.object("lifecycle", "preStop"))
                .flatMap(Optional::stream)
                .flatMap(handler -> Stream.of(handler.string("httpGet", "host"), handler.string("tcpSocket", "host")))
                .flatMap(Optional::stream)
                .filter(host -> !host.isEmpty())
                .toList();
    }

    /** The containers that use something, which is added to {@code used}. */
    private static List<String> users(PodView pod, Collection<String> used, Function<ObjectValue, List<String>> uses) {
        List<String> users = new ArrayList<>();
        for (ObjectValue container : pod.containers()) {
            List<String> own = uses.apply(container);
            if (!own.isEmpty()) {
                users.add(PodView.name(container));
                used.addAll(own);
            }
        }
        return users;
    }

    private static String use(Collection<String> users, String one, String many, Collection<String> used) {
        return Words.containers(users) + " " + Words.number("uses", "use", users.size()) + " "
                + Words.number(one, many, used.size()) + " ";
    }

    static Optional<Violation> windowsHostProcess(PodView pod) {
        return pod.setters(security -> security.isTrue("windowsOptions", "hostProcess"))
                .map(setters -> new Violation(
                        "hostProcess", setters + " must not set securityContext.windowsOptions.hostProcess=true"));
    }

    static Optional<Violation> procMount(PodView pod) {
        TreeSet<String> mounts = new TreeSet<>();
        List<String> users = pod.badContainers(security -> {
            Optional<String> mount = security.string("procMount").filter(type -> !type.equals("Default"));
            mount.ifPresent(mounts::add);
            return mount.isPresent();
        });
        return users.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "procMount",
                        Words.containers(users) + " must not set securityContext.procMount to "
                                + Words.quoted(mounts)));
    }
}
