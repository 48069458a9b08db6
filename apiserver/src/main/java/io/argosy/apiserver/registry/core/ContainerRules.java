package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of the containers of a pod. */
final class ContainerRules {

    private static final List<String> NOT_EPHEMERAL = List.of(
            "ports", "resources", "lifecycle", "livenessProbe", "readinessProbe", "startupProbe", "resizePolicy");
    private static final List<String> ONLY_RESTARTABLE =
            List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

    private final Spot spec;
    private final Set<String> volumes;
    private final long gracePeriod;
    private final boolean hostUsers;

    private ContainerRules(Spot spec, Set<String> volumes) {
        this.spec = spec;
        this.volumes = volumes;
        long period = spec.number("terminationGracePeriodSeconds");
        this.gracePeriod = period < 0 ? 1 : period;
        Spot users = spec.at("hostUsers");
        this.hostUsers = !users.present() || users.isTrue();
    }

    static void check(Spot spec, Set<String> volumes) {
        ContainerRules rules = new ContainerRules(spec, volumes);
        Set<String> names = new HashSet<>();
        rules.regular(names);
        rules.init(names);
        rules.ephemeral(names);
    }

    private void regular(Set<String> names) {
        Spot containers = spec.at("containers");
        if (!containers.needed()) {
            return;
        }
        Set<String> ports = new HashSet<>();
        for (Spot container : containers.items()) {
            every(container);
            unique(container, names);
            HandlerRules.checkLifecycle(container, gracePeriod);
            HandlerRules.checkProbes(container);
            container.at("restartPolicy").word("Always", "Never", "OnFailure");
        }
        containers.items().forEach(container -> hostPorts(container, ports));
    }

    private void init(Set<String> names) {
        for (Spot container : spec.items("initContainers")) {
            every(container);
            container.at("restartPolicy").word("Always", "Never", "OnFailure");
            unique(container, names);
            hostPorts(container, new HashSet<>());
            if (container.text("restartPolicy").equals("Always")) {
                HandlerRules.checkLifecycle(container, gracePeriod);
                HandlerRules.checkProbes(container);
            } else {
                for (String field : ONLY_RESTARTABLE) {
                    if (container.at(field).present()) {
                        container
                                .at(field)
                                .forbidden("may not be set for init containers without restartPolicy=Always");
                    }
                }
            }
        }
    }

    private void ephemeral(Set<String> names) {
        Set<String> targets = Set.copyOf(names);
        for (Spot container : spec.items("ephemeralContainers")) {
            every(container);
            unique(container, names);
            Spot target = container.at("targetContainerName");
            if (!target.empty() && !targets.contains(target.text())) {
                target.notFound();
            }
            for (String field : NOT_EPHEMERAL) {
                if (!container.at(field).empty()) {
                    container.at(field).forbidden("cannot be set for an Ephemeral Container");
                }
            }
            for (Spot mount : container.items("volumeMounts")) {
                for (String field : List.of("subPath", "subPathExpr")) {
                    if (!mount.at(field).empty()) {
                        mount.at(field).forbidden("cannot be set for an Ephemeral Container");
                    }
                }
            }
        }
    }

    private static void unique(Spot container, Set<String> names) {
        Spot name = container.at("name");
        if (!name.empty() && !names.add(name.text())) {
            name.duplicate();
        }
    }

    private void every(Spot container) {
        container.at("name").name(Names::dns1123Label);
        container.at("image").needed();
        container.at("terminationMessagePolicy").oneOf("File", "FallbackToLogsOnError");
        ports(container);
        EnvRules.check(container);
        VolumeRules.checkMounts(container, volumes);
        container.at("imagePullPolicy").oneOf("Always", "IfNotPresent", "Never");
        ResourceRules.checkContainer(container.at("resources"));
        resizePolicy(container.at("resizePolicy"));
        SecurityRules.checkContainer(container.at("securityContext"), hostUsers);
    }

    private void ports(Spot container) {
        Set<String> names = new HashSet<>();
        for (Spot port : container.items("ports")) {
            Spot name = port.at("name");
            if (!name.empty()) {
                List<String> wrong = Names.portName(name.text());
                wrong.forEach(name::invalid);
                if (wrong.isEmpty() && !names.add(name.text())) {
                    name.duplicate();
                }
            }
            Spot number = port.at("containerPort");
            if (number.number() == 0) {
                number.required("");
            } else {
                number.port();
            }
            if (port.number("hostPort") != 0) {
                port.at("hostPort").port();
            }
            port.at("protocol").oneOf("SCTP", "TCP", "UDP");
        }
    }

    private static void hostPorts(Spot container, Set<String> taken) {
        for (Spot port : container.items("ports")) {
            long number = port.number("hostPort");
            String place = port.text("protocol") + "/" + port.text("hostIP") + "/" + number;
            if (number != 0 && !taken.add(place)) {
                port.add(FieldError.duplicate(port.path().child("hostPort"), Value.of(place)));
            }
        }
    }

    private void resizePolicy(Spot policies) {
        boolean never = spec.text("restartPolicy").equals("Never");
        Set<String> seen = new HashSet<>();
        for (Spot policy : policies.items()) {
            String resource = policy.text("resourceName");
            if (!seen.add(resource)) {
                policy.add(FieldError.duplicate(policy.path(), Value.of(resource)));
            }
            Spot name = policy.at("resourceName").named(policies.path());
            Spot restart = policy.at("restartPolicy").named(policies.path());
            if (name.needed()) {
                name.oneOf("cpu", "memory");
            }
            if (restart.needed()) {
                restart.oneOf("NotRequired", "RestartContainer");
            }
            if (never && !restart.empty() && !restart.text().equals("NotRequired")) {
                restart.invalid("must be 'NotRequired' when pod `restartPolicy` is 'Never'");
            }
        }
    }
}
