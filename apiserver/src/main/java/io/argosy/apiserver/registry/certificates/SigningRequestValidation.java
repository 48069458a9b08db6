package io.argosy.apiserver.registry.certificates;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of certificate signing requests. */
final class SigningRequestValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath CONDITIONS = FieldPath.of("status", "conditions");

    private static final Set<String> USAGES = Set.of(
            "signing",
            "digital signature",
            "content commitment",
            "key encipherment",
            "key agreement",
            "data encipherment",
            "cert sign",
            "crl sign",
            "encipher only",
            "decipher only",
            "any",
            "server auth",
            "client auth",
            "code signing",
            "email protection",
            "s/mime",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "timestamping",
            "ocsp signing",
            "microsoft sgc",
            "netscape sgc");

    private final SigningRequestStrategy.Part part;

    SigningRequestValidation(SigningRequestStrategy.Part part) {
        this.part = part;
    }

    List<FieldError> errors(ObjectValue request) {
        List<FieldError> errors = new ArrayList<>();
        if (CertificateRequests.parse(request).isEmpty()) {
            errors.add(FieldError.invalid(
                    SPEC.child("request"),
                    request.at("spec", "request").orElse(Value.of("")),
                    "PEM block type must be CERTIFICATE REQUEST"));
        }
        checkUsages(request, errors);
        checkSigner(request.string("spec", "signerName").orElse(""), errors);
        request.integer("spec", "expirationSeconds")
                .filter(seconds -> seconds < 600)
                .ifPresent(seconds -> errors.add(FieldError.invalid(
                        SPEC.child("expirationSeconds"),
                        seconds,
                        "may not specify a duration less than 600 seconds (10 minutes)")));
        return errors;
    }

    private static void checkUsages(ObjectValue request, List<FieldError> errors) {
        List<String> usages = request.array("spec", "usages")
                .map(array -> array.strings().toList())
                .orElse(List.of());
        if (usages.isEmpty()) {
            errors.add(FieldError.required(SPEC.child("usages"), ""));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < usages.size(); i++) {
            FieldPath path = SPEC.child("usages").index(i);
            if (!USAGES.contains(usages.get(i))) {
                errors.add(FieldError.notSupported(
                        path, Value.of(usages.get(i)), USAGES.stream().sorted().toList()));
            }
            if (!seen.add(usages.get(i))) {
                errors.add(FieldError.duplicate(path, Value.of(usages.get(i))));
            }
        }
    }

    private static void checkSigner(String signer, List<FieldError> errors) {
        FieldPath path = SPEC.child("signerName");
        if (signer.isEmpty()) {
            errors.add(FieldError.required(path, ""));
            return;
        }
        if (signer.equals("kubernetes.io/legacy-unknown")) {
            errors.add(FieldError.invalid(path, signer, "the legacy signerName is not allowed via this API version"));
            return;
        }
        int slash = signer.indexOf('/');
        if (slash < 0 || slash != signer.lastIndexOf('/')) {
            errors.add(FieldError.invalid(
                    path,
                    signer,
                    "must be a fully qualified domain and path of the form" + " 'example.com/signer-name'"));
            return;
        }
        String domain = signer.substring(0, slash);
        if (domain.isEmpty()) {
            errors.add(FieldError.required(path, "domain portion of signer name must not be empty"));
            return;
        }
        Names.dns1123Subdomain(domain)
                .forEach(wrong ->
                        errors.add(FieldError.invalid(path, domain, "validating label \"" + domain + "\": " + wrong)));
        String name = signer.substring(slash + 1);
        for (String segment : name.split("\\.", -1)) {
            Names.dns1123Subdomain(segment)
                    .forEach(wrong -> errors.add(
                            FieldError.invalid(path, segment, "validating label \"" + segment + "\": " + wrong)));
        }
    }

    List<FieldError> errors(ObjectValue request, ObjectValue old) {
        List<FieldError> errors = new ArrayList<>();
        for (String verdict : List.of("Approved", "Denied", "Failed")) {
            checkKept(verdict, request, old, errors);
        }
        checkConditions(request, errors);
        boolean certified = old.string("status", "certificate")
                .filter(text -> !text.isEmpty())
                .isPresent();
        boolean changed = !Trees.same(request.at("status", "certificate"), old.at("status", "certificate"));
        if (changed && (certified || part == SigningRequestStrategy.Part.APPROVAL)) {
            FieldPath path = FieldPath.of("status", "certificate");
            errors.add(
                    certified
                            ? FieldError.forbidden(path, "updates may not change a previously issued certificate")
                            : FieldError.forbidden(path, "updates may not set certificate content"));
        }
        return errors;
    }

    private void checkKept(String type, ObjectValue request, ObjectValue old, List<FieldError> errors) {
        List<ObjectValue> before = of(type, old);
        List<ObjectValue> now = of(type, request);
        if (part == SigningRequestStrategy.Part.APPROVAL && !type.equals("Failed") && now.size() >= before.size()) {
            return;
        }
        if (part == SigningRequestStrategy.Part.STATUS && type.equals("Failed") && now.size() >= before.size()) {
            return;
        }
        if (now.size() < before.size()) {
            errors.add(FieldError.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\""));
        } else if (now.size() > before.size()) {
            errors.add(FieldError.forbidden(CONDITIONS, "updates may not add a condition of type \"" + type + "\""));
        } else if (!Trees.same(new ArrayValue(now), new ArrayValue(before))) {
            errors.add(FieldError.forbidden(CONDITIONS, "updates may not modify a condition of type \"" + type + "\""));
        }
    }

    private static List<ObjectValue> of(String type, ObjectValue request) {
        return SigningRequestStrategy.conditions(request).stream()
                .filter(condition -> SigningRequestStrategy.type(condition).equals(type))
                .toList();
    }

    private static void checkConditions(ObjectValue request, List<FieldError> errors) {
        List<ObjectValue> conditions = SigningRequestStrategy.conditions(request);
        Set<String> types = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            FieldPath path = CONDITIONS.index(i);
            String type = SigningRequestStrategy.type(conditions.get(i));
            String status = conditions.get(i).string("status").orElse("");
            if (type.isEmpty()) {
                errors.add(FieldError.required(path.child("type"), ""));
            }
            if (status.isEmpty()) {
                errors.add(FieldError.required(path.child("status"), ""));
            } else if (Set.of("Approved", "Denied", "Failed").contains(type) && !status.equals("True")) {
                errors.add(FieldError.notSupported(path.child("status"), Value.of(status), List.of("True")));
            }
            if (!types.add(type)) {
                errors.add(FieldError.duplicate(path.child("type"), Value.of(type)));
            }
        }
        if (types.contains("Approved") && types.contains("Denied")) {
            errors.add(
                    FieldError.invalid(CONDITIONS, "Denied", "Approved and Denied conditions are mutually exclusive"));
        }
    }
}
