package io.argosy.apiserver.registry.admissionregistration;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.expression.AdmissionEnvironments;
import io.argosy.apiserver.admission.policy.Composition;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.Expression;
import io.argosy.apiserver.cel.PatchTypes;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of admission policies: all expressions must compile. */
public final class PolicyRules {

    public static final Rules VALIDATING =
            Rules.of(PolicyRules::validating).onStatus((policy, _) -> status(policy.at("status")));
    public static final Rules MUTATING = Rules.of(PolicyRules::mutating);

    private static final int MOST_ANNOTATIONS = 20;
    private static final int LONGEST_VALUE = 5 << 10;
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Pattern LINE_BREAK = Pattern.compile("[\\n\\r]");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private PolicyRules() {}

    private static void validating(Spot policy) {
        Spot spec = policy.at("spec");
        common(spec);
        Composition composition = Composition.ofValidating(spec.object());
        variables(spec.at("variables"), composition);
        if (spec.at("validations").empty() && spec.at("auditAnnotations").empty()) {
            String one = "validations or auditAnnotations must contain at least one item";
            spec.at("validations").required(one);
            spec.at("auditAnnotations").required(one);
            return;
        }
        Environment environment = composition.environment();
        Environment quiet = composition.environmentWithoutAuthorizer();
        for (Spot validation : spec.items("validations")) {
            validation(validation, environment, quiet);
        }
        annotations(policy.at("metadata").text("name"), spec.at("auditAnnotations"), environment);
    }

    private static void common(Spot spec) {
        Spot failure = spec.at("failurePolicy");
        if (failure.present()) {
            failure.oneOf("Fail", "Ignore");
        } else {
            failure.required("");
        }
        if (spec.at("paramKind").present()) {
            paramKind(spec.at("paramKind"));
        }
        Spot constraints = spec.at("matchConstraints");
        if (constraints.present()) {
            MatchResourcesRules.check(constraints);
            if (constraints.at("resourceRules").empty()) {
                constraints.at("resourceRules").required("");
            }
        } else {
            constraints.required("");
        }
        MatchConditionRules.check(
                spec.at("matchConditions"),
                AdmissionEnvironments.of(
                        new AdmissionEnvironments.Names(spec.at("paramKind").present(), true)));
    }

    private static void paramKind(Spot paramKind) {
        Spot apiVersion = paramKind.at("apiVersion");
        if (apiVersion.needed()) {
            try {
                GroupVersion version = GroupVersion.parse(apiVersion.text());
                List<String> group = version.group().isEmpty() ? List.of() : Names.dns1123Subdomain(version.group());
                if (!group.isEmpty()) {
                    apiVersion.invalid(Value.of(version.group()), String.join(",", group));
                }
                List<String> wrong = Names.dns1035Label(version.version());
                if (version.version().isEmpty()) {
                    apiVersion.invalid("version must be specified");
                } else if (!wrong.isEmpty()) {
                    apiVersion.invalid(String.join(",", wrong));
                }
            } catch (IllegalArgumentException _) {
                apiVersion.invalid("unexpected GroupVersion string: " + apiVersion.text());
            }
        }
        Spot kind = paramKind.at("kind");
        if (kind.needed()) {
            List<String> wrong = Names.dns1035Label(kind.text().toLowerCase(Locale.ROOT));
            if (!wrong.isEmpty()) {
                kind.invalid("may have mixed case, but should otherwise match: " + String.join(",", wrong));
            }
        }
    }

    private static void variables(Spot variables, Composition composition) {
        Map<String, Expression> compiled = composition.variables();
        for (Spot variable : variables.items()) {
            Spot name = variable.at("name");
            if (name.text().isBlank()) {
                name.required("name is not specified");
            } else if (!IDENTIFIER.matcher(name.text()).matches() || RESERVED.contains(name.text())) {
                name.invalid("must be a valid CEL identifier");
            }
            Spot expression = variable.at("expression");
            if (expression.text().isBlank()) {
                expression.required("expression is not specified");
            } else {
                compiled.get(name.text()).error().ifPresent(expression::invalid);
            }
        }
    }

    private static void compile(Spot expression, String text, Environment environment, CelType... results) {
        environment.compile(text, List.of(results)).error().ifPresent(why -> expression.invalid(Value.of(text), why));
    }

    private static void validation(Spot validation, Environment environment, Environment quiet) {
        Spot expression = validation.at("expression");
        if (expression.text().isBlank()) {
            expression.required("expression is not specified");
        } else {
            compile(expression, expression.text(), environment, SimpleType.BOOL);
        }
        Spot messageExpression = validation.at("messageExpression");
        if (!messageExpression.empty()) {
            if (messageExpression.text().isBlank()) {
                messageExpression.invalid("must be non-empty if specified");
            } else {
                compile(messageExpression, messageExpression.text(), quiet, SimpleType.STRING);
            }
        }
        Spot message = validation.at("message");
        if (!message.empty() && message.text().isBlank()) {
            message.invalid("must be non-empty if specified");
        } else if (LINE_BREAK.matcher(message.text().strip()).find()) {
            message.invalid("must not contain line breaks");
        }
        validation.at("reason").oneOf("Forbidden", "Invalid", "RequestEntityTooLarge");
    }

    private static void annotations(String policy, Spot annotations, Environment environment) {
        if (annotations.items().size() > MOST_ANNOTATIONS) {
            annotations.invalid("must not have more than " + MOST_ANNOTATIONS + " auditAnnotations");
        }
        Set<String> keys = new HashSet<>();
        for (Spot annotation : annotations.items()) {
            Spot key = annotation.at("key");
            if (policy.isEmpty()) {
                key.invalid("requires metadata.name be non-empty");
            } else {
                String whole = policy + "/" + key.text();
                Names.qualifiedName(whole).forEach(why -> key.invalid(Value.of(whole), why));
            }
            Spot value = annotation.at("valueExpression");
            String text = value.text().strip();
            if (text.isEmpty()) {
                value.required("valueExpression is not specified");
            } else if (text.length() > LONGEST_VALUE) {
                value.required("must not exceed " + LONGEST_VALUE + " bytes in length");
            } else {
                compile(value, text, environment, SimpleType.STRING, SimpleType.NULL_TYPE);
            }
            key.unique(keys);
        }
    }

    private static void mutating(Spot policy) {
        Spot spec = policy.at("spec");
        common(spec);
        MatchResourcesRules.checkMutable(spec.at("matchConstraints"));
        Composition composition = Composition.ofMutating(spec.object());
        variables(spec.at("variables"), composition);
        if (spec.at("mutations").empty()) {
            spec.at("mutations").required("mutations must contain at least one item");
        }
        Environment environment = composition.environment();
        for (Spot mutation : spec.items("mutations")) {
            mutation(mutation, environment);
        }
        Spot reinvocation = spec.at("reinvocationPolicy");
        if (reinvocation.needed()) {
            reinvocation.oneOf("IfNeeded", "Never");
        }
    }

    private static void mutation(Spot mutation, Environment environment) {
        switch (mutation.text("patchType")) {
            case "JSONPatch" -> only(mutation, "jsonPatch", "applyConfiguration", environment, PatchTypes.JSON_PATCHES);
            case "ApplyConfiguration" ->
                only(mutation, "applyConfiguration", "jsonPatch", environment, PatchTypes.OBJECT);
            case "" -> mutation.at("patchType").required("");
            default -> mutation.at("patchType").notSupported("ApplyConfiguration", "JSONPatch");
        }
    }

    private static void only(Spot mutation, String wanted, String other, Environment environment, CelType result) {
        String type = mutation.text("patchType");
        if (!mutation.at(wanted).present()) {
            mutation.at(wanted).required("must be specified when patchType is " + type);
        } else {
            Spot expression = mutation.at(wanted, "expression");
            String text = expression.text().strip();
            if (text.isEmpty()) {
                expression.required("");
            } else {
                compile(expression, text, environment, result);
            }
        }
        if (mutation.at(other).present()) {
            mutation.at(other).invalid(Value.of("{" + other + "}"), "must not be specified when patchType is " + type);
        }
    }

    private static void status(Spot status) {
        for (Spot warning : status.at("typeChecking").items("expressionWarnings")) {
            if (warning.text("warning").isEmpty()) {
                warning.at("warning").required("");
            }
            if (warning.text("fieldRef").isBlank()) {
                warning.at("fieldRef").required("");
            }
        }
    }
}
