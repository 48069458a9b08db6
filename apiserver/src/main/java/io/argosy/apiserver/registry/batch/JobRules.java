package io.argosy.apiserver.registry.batch;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Domains;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.PodRules;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of jobs and of what makes them by the clock. */
public final class JobRules {

    public static final Rules JOBS =
            Rules.of(JobRules::job).onCreate(JobRules::created).onUpdate(JobRules::update);
    public static final Rules CRON_JOBS = Rules.of(JobRules::cronJob);

    private static final List<String> COUNTS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes");

    private static final String OWNER = "batch.kubernetes.io/controller-uid";
    private static final int LONGEST_MANAGER = 63;

    private JobRules() {}

    private static void job(Spot job) {
        Spot spec = job.at("spec");
        spec(spec);
        Spot selector = spec.at("selector");
        if (!selector.present()) {
            selector.required("");
            return;
        }
        Selectors.check(selector);
        Optional<LabelSelector> read = Selectors.read(selector);
        Spot labels = spec.at("template", "metadata", "labels");
        if (read.isPresent() && !read.get().matches(Selectors.texts(labels.object()))) {
            labels.invalid(labels.object(), "`selector` does not match template `labels`");
        }
    }

    private static void created(Spot job) {
        podName(job);
        Spot spec = job.at("spec");
        Spot selector = spec.at("selector");
        boolean generated = selector.object().names().equals(Set.of("matchLabels"))
                && selector.at("matchLabels").object().names().equals(Set.of(OWNER))
                && selector.at("matchLabels")
                        .key(OWNER)
                        .text()
                        .equals(job.at("metadata").text("uid"));
        if (selector.present() && !spec.isTrue("manualSelector") && !generated) {
            selector.invalid("`selector` not auto-generated");
        }
    }

    /** The last pod of an indexed job must get a name that is a host's. */
    private static void podName(Spot job) {
        Spot spec = job.at("spec");
        long completions = spec.number("completions");
        if (spec.text("completionMode").equals("Indexed") && completions > 0) {
            Spot name = job.at("metadata", "name");
            String last = name.text() + "-" + (completions - 1);
            if (!Names.dns1123Label(last).isEmpty()) {
                name.invalid(Value.of(name.text()), "will not able to create pod with invalid DNS label: " + last);
            }
        }
    }

    private static void spec(Spot spec) {
        COUNTS.forEach(field -> spec.at(field).notNegative());
        spec.at("completionMode").word("NonIndexed", "Indexed");
        managedBy(spec.at("managedBy"));
        if (spec.at("maxFailedIndexes").present()
                && !spec.at("backoffLimitPerIndex").present()) {
            spec.at("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
        }
        if (spec.text("completionMode").equals("Indexed")) {
            indexed(spec);
        } else {
            unindexed(spec);
        }
        if (spec.at("podFailurePolicy").present()) {
            spec.at("podReplacementPolicy").word("Failed");
            FailurePolicyRules.check(spec);
        } else {
            spec.at("podReplacementPolicy").word("Failed", "TerminatingOrFailed");
        }
        PodRules.template(spec.at("template"));
        Spot restart = spec.at("template", "spec", "restartPolicy");
        if (restart.empty() || restart.text().equals("Always")) {
            restart.required("valid values: \"OnFailure\", \"Never\"");
        } else if (!Set.of("OnFailure", "Never").contains(restart.text())) {
            restart.notSupported("OnFailure", "Never");
        } else if (spec.at("podFailurePolicy").present() && !restart.text().equals("Never")) {
            restart.invalid("only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    private static void managedBy(Spot manager) {
        if (manager.present()) {
            Domains.prefixedPath(manager);
            if (manager.text().length() > LONGEST_MANAGER) {
                manager.tooLong(LONGEST_MANAGER);
            }
        }
    }

    private static void unindexed(Spot spec) {
        if (spec.text("completionMode").equals("NonIndexed")) {
            for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (spec.at(field).present()) {
                    spec.at(field).invalid("requires indexed completion mode");
                }
            }
        }
        if (spec.at("successPolicy").present()) {
            spec.at("successPolicy").invalid("requires indexed completion mode");
        }
    }

    private static void indexed(Spot spec) {
        if (!spec.at("completions").present()) {
            spec.at("completions").required("when completion mode is Indexed");
        } else if (spec.at("successPolicy").present()) {
            SuccessPolicyRules.check(spec.at("successPolicy"), spec.number("completions"));
        }
        if (spec.number("parallelism") > 100_000) {
            spec.at("parallelism").invalid("must be less than or equal to 100000 when completion mode is Indexed");
        }
        Spot failed = spec.at("maxFailedIndexes");
        if (spec.at("completions").present() && failed.number() > spec.number("completions")) {
            failed.invalid("must be less than or equal to completions");
        }
        if (failed.number() > 100_000) {
            failed.invalid("must be less than or equal to 100000");
        }
    }

    private static void update(Spot job, Spot old) {
        Spot spec = job.at("spec");
        Spot before = old.at("spec");
        completions(spec, before);
        spec.at("selector").immutable(before.at("selector"));
        template(spec, before, neverStarted(old));
        for (String field :
                List.of("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy")) {
            spec.at(field).immutable(before.at(field));
        }
    }

    private static void completions(Spot spec, Spot before) {
        Spot completions = spec.at("completions");
        if (!spec.text("completionMode").equals("Indexed")) {
            completions.immutable(before.at("completions"));
        } else if (!completions.same(before.at("completions"))
                && completions.present()
                && completions.number() != spec.number("parallelism")) {
            completions.invalid("can only be modified in tandem with spec.parallelism");
        }
    }

    private static boolean neverStarted(Spot old) {
        return old.at("spec", "suspend").isTrue()
                && !old.at("status", "startTime").present();
    }

    /** A job that is suspended and has not started may still be told where and with what its pods run. */
    private static void template(Spot spec, Spot before, boolean movable) {
        Spot template = spec.at("template");
        if (!movable) {
            template.immutable(before.at("template"));
            return;
        }
        ObjectValue now = template.object().copy();
        ObjectValue old = before.at("template").object();
        Trees.keep(now, old, "metadata");
        ObjectValue podSpec = now.objectOrNew("spec");
        ObjectValue oldSpec = old.object("spec").orElseGet(ObjectValue::new);
        for (String field : List.of("nodeSelector", "tolerations", "schedulingGates")) {
            Trees.keep(podSpec, oldSpec, field);
        }
        podSpec.object("affinity")
                .ifPresent(affinity ->
                        Trees.keep(affinity, oldSpec.object("affinity").orElseGet(ObjectValue::new), "nodeAffinity"));
        for (String kind : List.of("containers", "initContainers")) {
            List<ObjectValue> containers =
                    podSpec.array(kind).stream().flatMap(list -> list.objects()).toList();
            List<ObjectValue> earlier =
                    oldSpec.array(kind).stream().flatMap(list -> list.objects()).toList();
            for (int i = 0; i < Math.min(containers.size(), earlier.size()); i++) {
                Trees.keep(containers.get(i), earlier.get(i), "resources");
            }
        }
        if (!Trees.same(now, old)) {
            template.invalid("field is immutable");
        }
    }

    private static void cronJob(Spot job) {
        Spot spec = job.at("spec");
        Spot schedule = spec.at("schedule");
        if (schedule.needed()) {
            Schedules.problem(schedule.text()).ifPresent(schedule::invalid);
            if (schedule.text().contains("TZ") && spec.at("timeZone").present()) {
                schedule.invalid("cannot use both timeZone field and TZ or CRON_TZ in schedule");
            } else if (schedule.text().contains("TZ")) {
                schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            }
        }
        Spot zone = spec.at("timeZone");
        if (zone.present()) {
            Schedules.zoneProblem(zone.text()).ifPresent(zone::invalid);
        }
        for (String field :
                List.of("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
            spec.at(field).notNegative();
        }
        spec.at("concurrencyPolicy").oneOf("Allow", "Forbid", "Replace");
        Spot template = spec.at("jobTemplate", "spec");
        spec(template);
        if (template.at("selector").present()) {
            template.at("selector").invalid("`selector` will be auto-generated");
        }
        if (template.isTrue("manualSelector")) {
            template.at("manualSelector").notSupported("nil", "false");
        }
        String name = job.at("metadata").text("name");
        if (name.length() > 52) {
            job.at("metadata", "name").invalid("must be no more than 52 characters");
        }
    }
}
