package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of pods and of templates for pods. */
public final class PodRules {

    /** Of pods themselves. */
    public static final Rules PODS = Rules.of(PodRules::pod).onUpdate(PodRules::update);

    /** Of the subresource that adds ephemeral containers. */
    public static final Rules EPHEMERAL_CONTAINERS = Rules.of(PodRules::pod).onUpdate(PodRules::ephemeral);

    /** Of the subresource that changes resources. */
    public static final Rules RESIZE = Rules.of(PodRules::pod);

    /** Of the kind that only holds a template. */
    public static final Rules POD_TEMPLATES = Rules.of(object -> template(object.at("template")));

    private static final String UPDATABLE = "`spec.containers[*].image`,`spec.initContainers[*].image`,"
            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
            + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private PodRules() {}

    private static void pod(Spot pod) {
        spec(pod.at("spec"), true, Set.of());
        VolumeRules.claimNames(pod);
        for (Spot container : pod.at("spec").items("containers")) {
            image(container);
        }
        pod.at("spec").items("initContainers").forEach(PodRules::image);
    }

    private static void image(Spot container) {
        Spot image = container.at("image");
        if (!image.text().strip().equals(image.text())) {
            image.invalid("must not have leading or trailing whitespace");
        }
    }

    /** A {@code PodTemplateSpec}. */
    public static void template(Spot template) {
        template(template, Set.of());
    }

    /** A {@code PodTemplateSpec} whose pods will have some volumes more than it tells. */
    public static void template(Spot template, Set<String> laterVolumes) {
        Selectors.labels(template.at("metadata", "labels").named(template.path().child("labels")));
        spec(template.at("spec"), false, laterVolumes);
        if (!template.at("spec", "ephemeralContainers").empty()) {
            template.at("spec", "ephemeralContainers").forbidden("ephemeral containers not allowed in pod template");
        }
    }

    /** A {@code PodSpec}. */
    private static void spec(Spot spec, boolean ofPod, Set<String> laterVolumes) {
        Set<String> volumes = VolumeRules.check(spec);
        volumes.addAll(laterVolumes);
        ContainerRules.check(spec, volumes);
        if (spec.isTrue("hostNetwork")) {
            hostNetwork(spec, ofPod);
        }
        spec.at("restartPolicy").oneOf("Always", "OnFailure", "Never");
        spec.at("dnsPolicy").oneOf("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        SecurityRules.checkPod(spec);
        PlacementRules.check(spec);
        dns(spec);
        for (Spot gate : spec.items("readinessGates")) {
            Spot type = gate.at("conditionType");
            Names.qualifiedName(type.text()).forEach(type::invalid);
        }
        gates(spec);
        names(spec);
        spec.at("activeDeadlineSeconds").between(1, Integer.MAX_VALUE);
        spec.at("preemptionPolicy").oneOf("PreemptLowerPriority", "Never");
        if (spec.at("os").present() && spec.at("os", "name").needed()) {
            spec.at("os", "name").named(spec.path().child("os")).oneOf("linux", "windows");
        }
        for (Spot.Entry amount : spec.at("overhead").entries()) {
            ResourceRules.value(amount.key(), amount.spot());
        }
    }

    private static void names(Spot spec) {
        spec.at("serviceAccountName").obeys(Names::dns1123Subdomain);
        spec.at("nodeName").obeys(Names::dns1123Subdomain);
        spec.at("hostname").obeys(Names::dns1123Label);
        spec.at("subdomain").obeys(Names::dns1123Label);
        spec.at("priorityClassName").obeys(Names::dns1123Subdomain);
        spec.at("runtimeClassName").obeys(Names::dns1123Subdomain);
        for (Spot alias : spec.items("hostAliases")) {
            AddressRules.address(alias.at("ip"));
            alias.items("hostnames").forEach(name -> name.given(Names::dns1123Subdomain));
        }
    }

    private static void hostNetwork(Spot spec, boolean ofPod) {
        for (Spot container : spec.items("containers")) {
            for (Spot port : container.items("ports")) {
                long host = port.number("hostPort");
                if ((ofPod || host != 0) && host != port.number("containerPort")) {
                    port.at("hostPort")
                            .invalid(Value.of(host), "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void dns(Spot spec) {
        Spot dns = spec.at("dnsConfig");
        if (spec.text("dnsPolicy").equals("None")) {
            if (!dns.present()) {
                dns.required("must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (dns.at("nameservers").empty()) {
                dns.at("nameservers").required("must provide at least one DNS nameserver when `dnsPolicy` is None");
                return;
            }
        }
        if (dns.items("nameservers").size() > 3) {
            dns.at("nameservers").invalid("must not have more than 3 nameservers");
        }
        for (Spot server : dns.items("nameservers")) {
            AddressRules.address(server);
        }
        if (dns.items("searches").size() > 32) {
            dns.at("searches").invalid("must not have more than 32 search paths");
        }
        for (Spot search : dns.items("searches")) {
            String name = search.text().endsWith(".")
                    ? search.text().substring(0, search.text().length() - 1)
                    : search.text();
            if (!search.text().equals(".")) {
                Names.dns1123SubdomainWithUnderscore(name).forEach(why -> search.invalid(Value.of(name), why));
            }
        }
        for (Spot option : dns.items("options")) {
            if (option.at("name").empty()) {
                option.required("must not be empty");
            }
        }
    }

    private static void gates(Spot spec) {
        Set<String> seen = new HashSet<>();
        for (Spot gate : spec.items("schedulingGates")) {
            Names.qualifiedName(gate.text("name")).forEach(why -> gate.invalid(Value.of(gate.text("name")), why));
            if (!seen.add(gate.text("name"))) {
                gate.add(FieldError.duplicate(gate.path(), Value.of(gate.text("name"))));
            }
        }
    }

    private static void update(Spot pod, Spot old) {
        Spot spec = pod.at("spec");
        Spot before = old.at("spec");
        for (String kind : List.of("containers", "initContainers")) {
            if (spec.items(kind).size() != before.items(kind).size()) {
                spec.at(kind).forbidden("pod updates may not add or remove containers");
                return;
            }
        }
        deadline(spec.at("activeDeadlineSeconds"), before.at("activeDeadlineSeconds"));
        boolean gated = !before.at("schedulingGates").empty();
        tolerations(spec, before);
        Set<String> oldGates = new HashSet<>();
        before.items("schedulingGates").forEach(gate -> oldGates.add(gate.text("name")));
        for (Spot gate : spec.items("schedulingGates")) {
            if (!oldGates.contains(gate.text("name"))) {
                gate.forbidden("only deletion is allowed, but found new scheduling gate '" + gate.text("name") + "'");
            }
        }
        ObjectValue rest = spec.object().copy();
        ObjectValue kept = before.object();
        keepImages(rest, kept);
        Trees.keep(rest, kept, "activeDeadlineSeconds");
        Trees.keep(rest, kept, "schedulingGates");
        Trees.keep(rest, kept, "tolerations");
        if (before.number("terminationGracePeriodSeconds") < 0 && spec.number("terminationGracePeriodSeconds") == 1) {
            Trees.keep(rest, kept, "terminationGracePeriodSeconds");
        }
        if (gated) {
            gatedPlacement(spec, before, rest);
        }
        if (!Trees.same(rest, kept)) {
            spec.forbidden("pod updates may not change fields other than " + UPDATABLE + "\n" + difference(rest, kept));
        }
    }

    private static void deadline(Spot now, Spot before) {
        if (!now.present() && before.present()) {
            now.invalid(NullValue.NULL, "must not update from a positive integer to nil value");
        } else if (before.present() && before.number() < now.number()) {
            now.invalid("must be less than or equal to previous value");
        }
    }

    private static void tolerations(Spot spec, Spot before) {
        for (Spot old : before.items("tolerations")) {
            boolean kept = spec.items("tolerations").stream().anyMatch(now -> sameToleration(now, old));
            if (!kept) {
                spec.at("tolerations")
                        .forbidden("existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static boolean sameToleration(Spot now, Spot old) {
        return List.of("key", "operator", "value", "effect").stream()
                .allMatch(field -> now.text(field).equals(old.text(field)));
    }

    private static void keepImages(ObjectValue rest, ObjectValue kept) {
        for (String kind : List.of("containers", "initContainers")) {
            List<Value> now = rest.array(kind).map(ArrayValue::items).orElse(List.of());
            List<Value> old = kept.array(kind).map(ArrayValue::items).orElse(List.of());
            for (int i = 0; i < now.size(); i++) {
                if (now.get(i) instanceof ObjectValue container && old.get(i) instanceof ObjectValue before) {
                    Trees.keep(container, before, "image");
                }
            }
        }
    }

    /** A pod that waits at a gate may be narrowed: more labels of nodes, more expressions. */
    private static void gatedPlacement(Spot spec, Spot before, ObjectValue rest) {
        for (Spot.Entry label : before.at("nodeSelector").entries()) {
            if (!spec.at("nodeSelector").key(label.key()).same(label.spot())) {
                spec.at("nodeSelector")
                        .invalid("only additions to spec.nodeSelector are allowed (no mutations or deletions)");
                break;
            }
        }
        Trees.keep(rest, before.object(), "nodeSelector");
        Spot now = spec.at("affinity", "nodeAffinity");
        Spot was = before.at("affinity", "nodeAffinity");
        if (!now.same(was)) {
            nodeAffinity(now, was);
            ObjectValue affinity = rest.objectOrNew("affinity");
            Trees.keep(affinity, before.at("affinity").object(), "nodeAffinity");
        }
    }

    private static void nodeAffinity(Spot now, Spot was) {
        Spot needed = now.at("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        List<Spot> terms = was.at("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
                .items();
        if (terms.isEmpty()) {
            return;
        }
        List<Spot> current = needed.items();
        if (current.size() != terms.size()) {
            needed.invalid("no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int i = 0; i < terms.size(); i++) {
            boolean narrowed = startsWith(current.get(i), terms.get(i), "matchExpressions")
                    && startsWith(current.get(i), terms.get(i), "matchFields");
            if (!narrowed || (terms.get(i).empty() && !current.get(i).empty())) {
                current.get(i).invalid("only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean startsWith(Spot now, Spot was, String field) {
        List<Spot> old = was.items(field);
        List<Spot> current = now.items(field);
        if (current.size() < old.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            if (!current.get(i).same(old.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String difference(ObjectValue now, ObjectValue old) {
        Set<String> names = new HashSet<>(now.names());
        names.addAll(old.names());
        StringBuilder text = new StringBuilder();
        names.stream()
                .sorted()
                .filter(name -> !Trees.same(now.at(name), old.at(name)))
                .forEach(name -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(show(old.at(name)))
                        .append("\n+ ")
                        .append(name)
                        .append(": ")
                        .append(show(now.at(name)))
                        .append('\n'));
        return text.toString();
    }

    private static String show(Optional<Value> value) {
        return value.map(Value::toString).orElse("nil");
    }

    private static void ephemeral(Spot pod, Spot old) {
        Spot now = pod.at("spec", "ephemeralContainers");
        for (Spot before : old.at("spec", "ephemeralContainers").items()) {
            Optional<Spot> same = now.items().stream()
                    .filter(container -> container.text("name").equals(before.text("name")))
                    .findFirst();
            if (same.isEmpty()) {
                now.forbidden("existing ephemeral containers \"" + before.text("name") + "\" may not be removed\n");
            } else if (!same.get().same(before)) {
                now.forbidden("existing ephemeral containers \"" + before.text("name") + "\" may not be changed\n");
            }
        }
    }
}
