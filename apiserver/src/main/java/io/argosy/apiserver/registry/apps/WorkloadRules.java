package io.argosy.apiserver.registry.apps;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.ClaimRules;
import io.argosy.apiserver.registry.core.PodRules;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules of the kinds that keep pods running. */
public final class WorkloadRules {

    public static final Rules DEPLOYMENTS =
            Rules.of(object -> deployment(object.at("spec"))).onUpdate(WorkloadRules::selectorStays);
    public static final Rules REPLICA_SETS = Rules.of(object -> {
                selector(object.at("spec"), "deployment", "ReplicaSet");
                counts(object.at("spec"));
            })
            .onUpdate(WorkloadRules::selectorStays);
    public static final Rules DAEMON_SETS =
            Rules.of(object -> daemonSet(object.at("spec"))).onUpdate(WorkloadRules::selectorStays);
    public static final Rules STATEFUL_SETS = Rules.of(object -> statefulSet(object.at("spec")))
            .onCreate(object -> object.at("spec", "serviceName").obeys(Names::dns1123Label))
            .onUpdate(WorkloadRules::statefulSetUpdate);
    public static final Rules REPLICATION_CONTROLLERS = Rules.of(object -> replicationController(object.at("spec")));
    public static final Rules CONTROLLER_REVISIONS = Rules.of(
                    object -> object.at("revision").notNegative())
            .onUpdate((object, old) -> object.at("data").immutable(old.at("data")));

    private static final List<String> STATEFUL_SET_MUTABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private WorkloadRules() {}

    private static void selectorStays(Spot object, Spot old) {
        object.at("spec", "selector").immutable(old.at("spec", "selector"));
    }

    private static void counts(Spot spec) {
        for (String field : List.of("replicas", "minReadySeconds", "revisionHistoryLimit")) {
            spec.at(field).notNegative();
        }
    }

    /** Selector and template, which must agree. */
    private static void selector(Spot spec, String kind, String forbidding) {
        Spot selector = spec.at("selector");
        if (!selector.present() && !kind.equals("daemonset")) {
            selector.required("");
        } else if (selector.present()) {
            Selectors.check(selector);
            if (selector.empty()) {
                selector.invalid("empty selector is invalid for " + kind);
            }
        }
        Spot template = spec.at("template");
        Optional<LabelSelector> read = Selectors.read(selector);
        if (selector.present() && read.isEmpty()) {
            unreadable(selector, kind);
            return;
        }
        agree(read.orElseGet(LabelSelector::nothing), template.at("metadata", "labels"));
        Set<String> claims = spec.items("volumeClaimTemplates").stream()
                .map(claim -> claim.at("metadata").text("name"))
                .collect(Collectors.toSet());
        PodRules.template(template, claims);
        alwaysRestarting(template, forbidding);
    }

    private static void unreadable(Spot selector, String kind) {
        if (kind.equals("statefulset")) {
            selector.add(FieldError.invalidValue(selector.path(), selector.object()));
        } else if (!kind.equals("daemonset")) {
            selector.invalid("invalid label selector");
        }
    }

    private static void agree(LabelSelector selector, Spot labels) {
        if (!selector.isEverything() && !selector.matches(Selectors.texts(labels.object()))) {
            labels.invalid(labels.value().orElse(NullValue.NULL), "`selector` does not match template `labels`");
        }
    }

    private static void alwaysRestarting(Spot template, String kind) {
        Spot restart = template.at("spec", "restartPolicy");
        if (!restart.empty() && !restart.text().equals("Always")) {
            restart.notSupported("Always");
        }
        Spot deadline = template.at("spec", "activeDeadlineSeconds");
        if (deadline.present()) {
            deadline.forbidden("activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }

    private static void deployment(Spot spec) {
        counts(spec);
        selector(spec, "deployment", "ReplicaSet");
        Spot strategy = spec.at("strategy");
        Spot rolling = strategy.at("rollingUpdate");
        switch (strategy.text("type")) {
            case "Recreate" -> {
                if (rolling.present()) {
                    rolling.forbidden("may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> {
                amount(rolling.at("maxUnavailable"));
                amount(rolling.at("maxSurge"));
                if (isZero(rolling.at("maxUnavailable")) && isZero(rolling.at("maxSurge"))) {
                    rolling.at("maxUnavailable").invalid("may not be 0 when `maxSurge` is 0");
                }
                atMostAll(rolling.at("maxUnavailable"));
            }
            case "" -> {}
            default -> strategy.notSupported("Recreate", "RollingUpdate");
        }
        Spot progress = spec.at("progressDeadlineSeconds");
        progress.notNegative();
        if (progress.present() && progress.number() <= spec.number("minReadySeconds")) {
            progress.invalid("must be greater than minReadySeconds");
        }
    }

    private static void daemonSet(Spot spec) {
        selector(spec, "daemonset", "DaemonSet");
        spec.at("minReadySeconds").notNegative();
        spec.at("revisionHistoryLimit").notNegative();
        Spot strategy = spec.at("updateStrategy");
        switch (strategy.text("type")) {
            case "OnDelete", "" -> {}
            case "RollingUpdate" -> {
                Spot rolling = strategy.at("rollingUpdate");
                if (!rolling.present()) {
                    rolling.required("");
                    return;
                }
                Spot surge = rolling.at("maxSurge");
                Spot unavailable = rolling.at("maxUnavailable");
                amount(unavailable);
                amount(surge);
                atMostAll(unavailable);
                atMostAll(surge);
                if (!isZero(surge) && !isZero(unavailable)) {
                    surge.invalid("may not be set when maxUnavailable is non-zero");
                } else if (isZero(surge) && isZero(unavailable)) {
                    unavailable.required("cannot be 0 when maxSurge is 0");
                }
            }
            default -> strategy.notSupported("RollingUpdate", "OnDelete");
        }
    }

    private static void statefulSet(Spot spec) {
        Spot management = spec.at("podManagementPolicy");
        if (!management.empty() && !List.of("OrderedReady", "Parallel").contains(management.text())) {
            management.invalid("must be 'OrderedReady' or 'Parallel'");
        }
        Spot strategy = spec.at("updateStrategy");
        switch (strategy.text("type")) {
            case "", "RollingUpdate" -> {
                Spot rolling = strategy.at("rollingUpdate");
                rolling.at("partition").notNegative();
                Spot unavailable = rolling.at("maxUnavailable");
                amount(unavailable);
                if (unavailable.present() && isZero(unavailable)) {
                    unavailable.invalid("cannot be 0");
                }
                atMostAll(unavailable);
            }
            case "OnDelete" -> {
                if (strategy.at("rollingUpdate").present()) {
                    strategy.at("rollingUpdate").invalid("only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            default -> strategy.invalid("must be 'RollingUpdate' or 'OnDelete'");
        }
        for (String field : List.of("whenDeleted", "whenScaled")) {
            spec.at("persistentVolumeClaimRetentionPolicy", field).oneOf("Retain", "Delete");
        }
        spec.at("replicas").notNegative();
        spec.at("minReadySeconds").notNegative();
        spec.at("ordinals", "start").notNegative();
        claims(spec);
        selector(spec, "statefulset", "StatefulSet");
    }

    /** Claims are checked as claims, and as the volumes that pods will have of them. */
    private static void claims(Spot spec) {
        List<Spot> templates = spec.items("volumeClaimTemplates");
        for (int i = 0; i < templates.size(); i++) {
            Spot name = templates.get(i).at("metadata", "name");
            FieldPath volume = spec.at("template", "spec", "volumes").path().index(i);
            name.named(volume.child("name")).name(Names::dns1123Label);
            name.named(volume.child("persistentVolumeClaim").child("claimName")).needed();
            ClaimRules.template(templates.get(i));
        }
    }

    private static void statefulSetUpdate(Spot set, Spot old) {
        ObjectValue spec = set.at("spec").object().copy();
        ObjectValue before = old.at("spec").object();
        STATEFUL_SET_MUTABLE.forEach(field -> Trees.keep(spec, before, field));
        if (!Trees.same(spec, before)) {
            set.at("spec")
                    .forbidden("updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden");
        }
    }

    private static void replicationController(Spot spec) {
        spec.at("minReadySeconds").notNegative();
        spec.at("selector").needed();
        spec.at("replicas").notNegative();
        Spot template = spec.at("template");
        if (!template.present()) {
            template.required("");
            return;
        }
        Spot labels = template.at("metadata", "labels");
        if (!LabelSelector.ofLabels(Selectors.texts(spec.at("selector").object()))
                .matches(Selectors.texts(labels.object()))) {
            labels.invalid(labels.value().orElse(NullValue.NULL), "`selector` does not match template `labels`");
        }
        PodRules.template(template);
        alwaysRestarting(template, "ReplicationController");
    }

    /** A number that is not negative, or a percentage. */
    public static void amount(Spot amount) {
        if (amount.value().orElse(Value.of(0)) instanceof StringValue) {
            Names.percent(amount.text()).forEach(amount::invalid);
        } else {
            amount.notNegative();
        }
    }

    private static boolean isZero(Spot amount) {
        return amount.text().isEmpty() ? amount.number() == 0 : amount.text().matches("0+%");
    }

    private static void atMostAll(Spot amount) {
        if (amount.text().matches("[0-9]{1,9}%")
                && Integer.parseInt(amount.text().substring(0, amount.text().length() - 1)) > 100) {
            amount.invalid("must not be greater than 100%");
        }
    }
}
