package io.argosy.apiserver.registry.batch;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
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

    public static final Rules JOBS = Rules.of(JobRules::job).onUpdate(JobRules::update);
    public static final Rules CRON_JOBS = Rules.of(JobRules::cronJob);

    private static final List<String> COUNTS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes");

    private static final int LONGEST_CONTROLLER = 63;

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

    private static void spec(Spot spec) {
        COUNTS.forEach(field -> spec.at(field).notNegative());
        spec.at("completionMode").oneOf("NonIndexed", "Indexed");
        if (spec.at("maxFailedIndexes").present()
                && !spec.at("backoffLimitPerIndex").present()) {
            spec.at("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
        }
        if (spec.text("completionMode").equals("Indexed")) {
            indexed(spec);
        } else {
            for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")) {
                if (spec.at(field).present()) {
                    spec.at(field).invalid("requires indexed completion mode");
                }
            }
        }
        if (spec.at("podFailurePolicy").present()) {
            spec.at("podReplacementPolicy").word("Failed");
        } else {
            spec.at("podReplacementPolicy").word("Failed", "TerminatingOrFailed");
        }
        managedBy(spec.at("managedBy"));
        FailurePolicyRules.check(spec);
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

    private static void indexed(Spot spec) {
        if (!spec.at("completions").present()) {
            spec.at("completions").required("when completion mode is Indexed");
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

    private static void managedBy(Spot controller) {
        if (!controller.present() || !controller.needed()) {
            return;
        }
        int slash = controller.text().indexOf('/');
        if (slash <= 0 || slash == controller.text().length() - 1) {
            controller.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
        } else {
            Value domain = Value.of(controller.text().substring(0, slash));
            Value path = Value.of(controller.text().substring(slash + 1));
            Names.dns1123Subdomain(controller.text().substring(0, slash))
                    .forEach(why -> controller.invalid(domain, why));
            Names.domainPath(controller.text().substring(slash + 1)).forEach(why -> controller.invalid(path, why));
        }
        if (controller.text().length() > LONGEST_CONTROLLER) {
            controller.tooLong(LONGEST_CONTROLLER);
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
