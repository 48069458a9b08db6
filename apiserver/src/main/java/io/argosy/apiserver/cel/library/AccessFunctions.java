package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;
import static io.argosy.apiserver.cel.library.KubernetesTypes.AUTHORIZER;
import static io.argosy.apiserver.cel.library.KubernetesTypes.DECISION;
import static io.argosy.apiserver.cel.library.KubernetesTypes.GROUP_CHECK;
import static io.argosy.apiserver.cel.library.KubernetesTypes.PATH_CHECK;
import static io.argosy.apiserver.cel.library.KubernetesTypes.RESOURCE_CHECK;

import java.util.List;

/** The functions of {@code authorizer}. */
final class AccessFunctions {

    private AccessFunctions() {}

    static void addTo(Functions functions) {
        functions
                .member(
                        "path",
                        "authorizer_path",
                        PATH_CHECK,
                        List.of(AUTHORIZER, STRING),
                        args -> new AccessCheck.OfPath((AccessCheck.Subject) args[0], (String) args[1]))
                .member(
                        "group",
                        "authorizer_group",
                        GROUP_CHECK,
                        List.of(AUTHORIZER, STRING),
                        args -> new AccessCheck.OfGroup((AccessCheck.Subject) args[0], (String) args[1]))
                .member(
                        "serviceAccount",
                        "authorizer_serviceaccount",
                        AUTHORIZER,
                        List.of(AUTHORIZER, STRING, STRING),
                        args -> ((AccessCheck.Subject) args[0]).serviceAccount((String) args[1], (String) args[2]))
                .member("resource", "groupcheck_resource", RESOURCE_CHECK, List.of(GROUP_CHECK, STRING), args -> {
                    AccessCheck.OfGroup group = (AccessCheck.OfGroup) args[0];
                    return new AccessCheck.OfResource(group.subject(), group.group(), (String) args[1], "", "", "");
                })
                .member(
                        "check",
                        "pathcheck_check",
                        DECISION,
                        List.of(PATH_CHECK, STRING),
                        args -> ((AccessCheck.OfPath) args[0]).check((String) args[1]))
                .member(
                        "check",
                        "resourcecheck_check",
                        DECISION,
                        List.of(RESOURCE_CHECK, STRING),
                        args -> resource(args[0]).check((String) args[1]))
                .member(
                        "allowed",
                        "decision_allowed",
                        BOOL,
                        List.of(DECISION),
                        args -> verdict(args[0]).allowed())
                .member(
                        "reason",
                        "decision_reason",
                        STRING,
                        List.of(DECISION),
                        args -> verdict(args[0]).reason())
                .member(
                        "errored",
                        "decision_errored",
                        BOOL,
                        List.of(DECISION),
                        args -> !verdict(args[0]).error().isEmpty())
                .member(
                        "error",
                        "decision_error",
                        STRING,
                        List.of(DECISION),
                        args -> verdict(args[0]).error());
        narrowing(functions);
    }

    private static void narrowing(Functions functions) {
        List<dev.cel.common.types.CelType> types = List.of(RESOURCE_CHECK, STRING);
        functions
                .member("subresource", "resourcecheck_subresource", RESOURCE_CHECK, types, args -> {
                    AccessCheck.OfResource check = resource(args[0]);
                    return new AccessCheck.OfResource(
                            check.subject(),
                            check.group(),
                            check.resource(),
                            (String) args[1],
                            check.namespace(),
                            check.name());
                })
                .member("namespace", "resourcecheck_namespace", RESOURCE_CHECK, types, args -> {
                    AccessCheck.OfResource check = resource(args[0]);
                    return new AccessCheck.OfResource(
                            check.subject(),
                            check.group(),
                            check.resource(),
                            check.subresource(),
                            (String) args[1],
                            check.name());
                })
                .member("name", "resourcecheck_name", RESOURCE_CHECK, types, args -> {
                    AccessCheck.OfResource check = resource(args[0]);
                    return new AccessCheck.OfResource(
                            check.subject(),
                            check.group(),
                            check.resource(),
                            check.subresource(),
                            check.namespace(),
                            (String) args[1]);
                });
    }

    private static AccessCheck.OfResource resource(Object value) {
        return (AccessCheck.OfResource) value;
    }

    private static AccessCheck.Verdict verdict(Object value) {
        return (AccessCheck.Verdict) value;
    }
}
