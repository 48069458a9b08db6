package io.argosy.apiserver.registry.networking;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Domains;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.AddressRules;
import java.util.List;

/** The rules of ingresses and of their classes. */
public final class IngressRules {

    public static final Rules INGRESSES = Rules.of(ingress -> spec(ingress.at("spec")));
    public static final Rules CLASSES = Rules.of(kind -> kind(kind.at("spec")))
            .onUpdate((kind, old) -> kind.at("spec", "controller").immutable(old.at("spec", "controller")));

    private static final List<String> UNCLEAR = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> UNCLEAR_ENDS = List.of("/..", "/.");

    private static final int LONGEST_CONTROLLER = 250;

    private IngressRules() {}

    private static void spec(Spot spec) {
        Spot backend = spec.at("defaultBackend");
        Spot rules = spec.at("rules");
        if (rules.empty() && !backend.present()) {
            Value shown = rules.value().map(_ -> (Value) new ArrayValue()).orElse(NullValue.NULL);
            spec.invalid(shown, "either `defaultBackend` or `rules` must be specified");
        }
        if (backend.present()) {
            backend(backend);
        }
        for (Spot tls : spec.items("tls")) {
            tls.items("hosts").forEach(host -> host.given(IngressRules::host));
            tls.at("secretName").obeys(Names::dns1123Subdomain);
        }
        rules.items().forEach(IngressRules::rule);
        spec.at("ingressClassName").given(Names::dns1123Subdomain);
    }

    private static List<String> host(String host) {
        return host.contains("*") ? Names.wildcardDns1123Subdomain(host) : Names.dns1123Subdomain(host);
    }

    private static void rule(Spot rule) {
        Spot host = rule.at("host");
        if (!host.empty()) {
            if (AddressRules.parse(host.text()).isPresent()) {
                host.invalid("must be a DNS name, not an IP address");
            }
            host.obeys(IngressRules::host);
        }
        Spot http = rule.at("http");
        if (!http.present()) {
            return;
        }
        if (http.at("paths").empty()) {
            http.at("paths").required("");
        }
        http.items("paths").forEach(IngressRules::path);
    }

    private static void path(Spot one) {
        Spot type = one.at("pathType");
        if (!type.present()) {
            type.required("pathType must be specified");
            return;
        }
        Spot path = one.at("path");
        switch (type.text()) {
            case "Exact", "Prefix" -> absolute(path);
            case "ImplementationSpecific" -> {
                if (!path.empty() && !path.text().startsWith("/")) {
                    path.invalid("must be an absolute path");
                }
            }
            default -> type.notSupported("Exact", "ImplementationSpecific", "Prefix");
        }
        backend(one.at("backend"));
    }

    private static void absolute(Spot path) {
        if (!path.text().startsWith("/")) {
            path.invalid("must be an absolute path");
            return;
        }
        for (String part : UNCLEAR) {
            if (path.text().contains(part)) {
                path.invalid("must not contain '" + part + "'");
            }
        }
        for (String part : UNCLEAR_ENDS) {
            if (path.text().endsWith(part)) {
                path.invalid("cannot end with '" + part + "'");
            }
        }
    }

    private static void backend(Spot backend) {
        Spot service = backend.at("service");
        Spot resource = backend.at("resource");
        if (resource.present() && service.present()) {
            backend.invalid(new StringValue(""), "cannot set both resource and service backends");
        } else if (resource.present()) {
            typedReference(resource);
        } else if (service.present()) {
            service(backend, service);
        } else {
            backend.invalid(new StringValue(""), "resource or service backend is required");
        }
    }

    private static void typedReference(Spot reference) {
        reference.at("apiGroup").given(Names::dns1123Subdomain);
        pathWord(reference.at("kind"));
        pathWord(reference.at("name"));
    }

    private static void pathWord(Spot word) {
        word.name(Names::pathSegment);
    }

    private static void service(Spot backend, Spot service) {
        service.at("name").name(Names::dns1123Label);
        Spot name = service.at("port", "name");
        Spot number = service.at("port", "number");
        if (!name.empty() && number.number() != 0) {
            backend.invalid(new StringValue(""), "cannot set both port name & port number");
        } else if (!name.empty()) {
            name.given(Names::portName);
        } else if (number.number() != 0) {
            number.port();
        } else {
            backend.required("port name or number is required");
        }
    }

    private static void kind(Spot spec) {
        Spot controller = spec.at("controller");
        Domains.prefixedPath(controller);
        if (controller.text().length() > LONGEST_CONTROLLER) {
            controller.tooLong(LONGEST_CONTROLLER);
        }
        Spot parameters = spec.at("parameters");
        if (!parameters.present()) {
            return;
        }
        typedReference(parameters);
        Spot scope = parameters.at("scope");
        Spot namespace = parameters.at("namespace");
        scope.word("Cluster", "Namespace");
        if (scope.text().equals("Namespace")) {
            if (!namespace.present()) {
                namespace.required("`parameters.scope` is set to 'Namespace'");
            }
            namespace.given(Names::dns1123Label);
        }
        if (scope.text().equals("Cluster") && namespace.present()) {
            namespace.forbidden("`parameters.scope` is set to 'Cluster'");
        }
    }
}
