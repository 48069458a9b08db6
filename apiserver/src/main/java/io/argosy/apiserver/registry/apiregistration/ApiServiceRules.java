package io.argosy.apiserver.registry.apiregistration;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;

/** The rules of APIServices. */
public final class ApiServiceRules {

    public static final Rules API_SERVICES = Rules.of(ApiServiceRules::service)
            .onStatus((service, old) -> conditions(service.at("status", "conditions")));

    private static final long MOST_GROUP_PRIORITY = 20_000;
    private static final long MOST_VERSION_PRIORITY = 1_000;

    private ApiServiceRules() {}

    private static void service(Spot object) {
        Spot spec = object.at("spec");
        String wanted = spec.text("version") + "." + spec.text("group");
        Spot name = object.at("metadata", "name");
        if (!name.empty() && !name.text().equals(wanted)) {
            name.invalid("must be `spec.version+\".\"+spec.group`: \"" + wanted + "\"");
        }
        group(spec.at("group"), spec.text("version"));
        Spot version = spec.at("version");
        Names.dns1035Label(version.text()).forEach(version::invalid);
        priority(spec.at("groupPriorityMinimum"), MOST_GROUP_PRIORITY);
        priority(spec.at("versionPriority"), MOST_VERSION_PRIORITY);
        backend(spec);
        if (spec.isTrue("insecureSkipTLSVerify") && !spec.at("caBundle").empty()) {
            spec.at("insecureSkipTLSVerify").invalid("may not be true if caBundle is present");
        }
        conditions(object.at("status", "conditions"));
    }

    private static void group(Spot group, String version) {
        if (group.empty() && !version.equals("v1")) {
            group.required("only v1 may have an empty group and it better be legacy kube");
        }
        group.obeys(Names::dns1123Subdomain);
    }

    private static void priority(Spot priority, long most) {
        if (priority.number() <= 0 || priority.number() > most) {
            priority.invalid(Value.of(priority.number()), "must be positive and less than " + most);
        }
    }

    private static void backend(Spot spec) {
        Spot service = spec.at("service");
        if (!service.present()) {
            if (!spec.at("caBundle").empty()) {
                String length = spec.text("caBundle").length() + " bytes";
                spec.at("caBundle").invalid(Value.of(length), "local APIServices may not have a caBundle");
            }
            if (spec.isTrue("insecureSkipTLSVerify")) {
                spec.at("insecureSkipTLSVerify").invalid("local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        service.at("namespace").needed();
        service.at("name").needed();
        for (String why : Names.portNumber(service.number("port"))) {
            service.at("port").invalid(Value.of(service.number("port")), "port is not valid: " + why);
        }
    }

    private static void conditions(Spot conditions) {
        for (Spot condition : conditions.items()) {
            if (!List.of("True", "False", "Unknown").contains(condition.text("status"))) {
                Spot status = condition.at("status");
                status.add(FieldError.notSupported(
                        status.path(), Value.of(condition.text("status")), List.of("False", "True", "Unknown")));
            }
        }
    }
}
