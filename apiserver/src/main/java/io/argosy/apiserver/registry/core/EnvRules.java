package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;

/** Rules of environment variables and of what they are taken from. */
final class EnvRules {

    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");

    private EnvRules() {}

    static void check(Spot container) {
        for (Spot variable : container.items("env")) {
            variable.at("name").name(Names::relaxedEnvVarName);
            if (variable.at("valueFrom").present()) {
                source(variable, variable.at("valueFrom"));
            }
        }
        for (Spot from : container.items("envFrom")) {
            from.at("prefix").obeys(Names::relaxedEnvVarName);
            envFrom(from, container.at("envFrom"));
        }
    }

    private static void source(Spot variable, Spot from) {
        long sources = SOURCES.stream().filter(kind -> from.at(kind).present()).count();
        if (from.at("fieldRef").present()) {
            FieldReferences.field(from.at("fieldRef"), FieldReferences.OF_VARIABLES);
        }
        if (from.at("resourceFieldRef").present()) {
            FieldReferences.resource(from.at("resourceFieldRef"), false);
        }
        for (String kind : List.of("configMapKeyRef", "secretKeyRef")) {
            if (from.at(kind).present()) {
                Spot name = from.at(kind, "name");
                Names.dns1123Subdomain(name.text()).forEach(name::invalid);
                from.at(kind, "key").name(Names::configMapKey);
            }
        }
        if (sources == 0) {
            from.invalid(
                    Value.of(""),
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`");
        } else if (!variable.at("value").empty()) {
            from.invalid(Value.of(""), "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            from.invalid(Value.of(""), "may not have more than one field specified at a time");
        }
    }

    /** Messages about the whole do not tell which one is meant. */
    private static void envFrom(Spot from, Spot list) {
        boolean map = from.at("configMapRef").present();
        boolean secret = from.at("secretRef").present();
        if (map) {
            from.at("configMapRef", "name").name(Names::dns1123Subdomain);
        }
        if (secret) {
            from.at("secretRef", "name").name(Names::dns1123Subdomain);
        }
        if (map == secret) {
            list.invalid(
                    Value.of(""),
                    map
                            ? "may not have more than one field specified at a time"
                            : "must specify one of: `configMapRef` or `secretRef`");
        }
    }
}
