package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions.Form;
import io.argosy.apiserver.admission.expression.RequestView;
import io.argosy.apiserver.callout.CalloutException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** AdmissionReviews: what is sent, and what an answer means. Pure. */
final class Review {

    private static final String GROUP = "admission.k8s.io/";
    private static final List<String> KNOWN = List.of("v1", "v1beta1");

    private Review() {}

    /** What a request is asked about: the objects in the version of the form. */
    record Subject(
            AdmissionRequest request, Form form, Optional<ObjectValue> object, Optional<ObjectValue> oldObject) {}

    /** The version to speak; of those the webhook takes the first that is known. */
    static String version(Webhook webhook) throws CalloutException {
        return webhook.versions().stream()
                .filter(KNOWN::contains)
                .findFirst()
                .orElseThrow(() -> new CalloutException(
                        "could not create admission objects: webhook does not accept known AdmissionReview versions"
                                + " (v1, v1beta1)"));
    }

    static byte[] request(String version, String uid, Subject subject) {
        ObjectValue request = new ObjectValue().put("uid", uid);
        RequestView.of(subject.request(), subject.form()).fields().forEach((name, value) -> {
            if (!name.equals("dryRun")) {
                request.put(name, value);
            }
        });
        GroupVersionKind kind = subject.form().kind();
        request.put("object", typed(subject.object(), kind));
        request.put("oldObject", typed(subject.oldObject(), kind));
        request.put("dryRun", subject.request().dryRun());
        ObjectValue options = subject.request().options();
        request.put("options", options.isEmpty() ? NullValue.NULL : options);
        return JsonWriter.write(new ObjectValue()
                .put("kind", "AdmissionReview")
                .put("apiVersion", GROUP + version)
                .put("request", request));
    }

    /** Objects tell their kind to those who know nothing else of them. */
    private static Value typed(Optional<ObjectValue> object, GroupVersionKind kind) {
        if (object.isEmpty()) {
            return NullValue.NULL;
        }
        if (object.get().has("kind") && object.get().has("apiVersion")) {
            return object.get();
        }
        ObjectValue typed = new ObjectValue().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        object.get().fields().forEach(typed::put);
        return typed;
    }

    /**
     * What a webhook says.
     *
     * @param refusal when it does not allow
     * @param patch a JSON patch, empty when nothing is to change
     */
    record Answer(
            Optional<ApiException> refusal, ArrayValue patch, Map<String, String> annotations, List<String> warnings) {}

    /** @throws CalloutException when the answer is none, as the caller must tell it */
    static Answer answer(byte[] body, String version, String uid, boolean mutating, String webhook)
            throws CalloutException {
        ObjectValue review = parsed(body);
        ObjectValue response = review.object("response")
                .orElseThrow(
                        () -> new CalloutException("received invalid webhook response: webhook response was absent"));
        boolean strict = version.equals("v1");
        if (strict) {
            verify(review, response, uid, mutating);
        }
        String patch = mutating ? response.string("patch").orElse("") : "";
        if (strict
                && !patch.isEmpty()
                && !response.string("patchType").orElse("").equals("JSONPatch")) {
            throw new CalloutException(
                    "unsupported patch type \"" + response.string("patchType").orElse("") + "\"");
        }
        Map<String, String> annotations = new TreeMap<>();
        response.object("auditAnnotations")
                .ifPresent(given -> given.names()
                        .forEach(name -> given.string(name).ifPresent(value -> annotations.put(name, value))));
        Optional<ApiException> refusal = response.isTrue("allowed")
                ? Optional.empty()
                : Optional.of(Refusal.of(webhook, response.object("status")));
        List<String> warnings =
                response.array("warnings").map(list -> list.strings().toList()).orElse(List.of());
        return new Answer(refusal, refusal.isPresent() ? new ArrayValue() : decoded(patch), annotations, warnings);
    }

    private static ObjectValue parsed(byte[] body) throws CalloutException {
        try {
            return JsonReader.readObject(body);
        } catch (ApiException e) {
            throw new CalloutException(
                    "failed to call webhook: couldn't get version/kind; json parse error: " + e.message());
        }
    }

    private static void verify(ObjectValue review, ObjectValue response, String uid, boolean mutating)
            throws CalloutException {
        String given = response.string("uid").orElse("");
        if (!given.equals(uid)) {
            throw invalid("expected response.uid=\"" + uid + "\", got \"" + given + "\"");
        }
        String apiVersion = review.string("apiVersion").orElse("");
        String kind = review.string("kind").orElse("");
        if (!apiVersion.equals(GROUP + "v1") || !kind.equals("AdmissionReview")) {
            String named = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
            throw invalid("expected webhook response of " + GROUP + "v1, Kind=AdmissionReview, got " + named + ", Kind="
                    + kind);
        }
        boolean patched = !response.string("patch").orElse("").isEmpty();
        boolean typed = response.string("patchType").isPresent();
        if (mutating) {
            if (patched && !typed) {
                throw invalid("webhook returned response.patch but not response.patchType");
            }
            if (!patched && typed) {
                throw invalid("webhook returned response.patchType but not response.patch");
            }
            if (typed && response.string("patchType").orElse("").isEmpty()) {
                throw invalid("webhook returned invalid response.patchType of \"\"");
            }
        } else if (patched) {
            throw invalid("validating webhook may not return response.patch");
        } else if (typed) {
            throw invalid("validating webhook may not return response.patchType");
        }
    }

    private static CalloutException invalid(String why) {
        return new CalloutException("received invalid webhook response: " + why);
    }

    private static ArrayValue decoded(String base64) throws CalloutException {
        if (base64.isEmpty()) {
            return new ArrayValue();
        }
        try {
            Value patch = JsonReader.read(Base64.getMimeDecoder().decode(base64));
            if (patch instanceof ArrayValue operations) {
                return operations;
            }
            throw new CalloutException("received undecodable patch in webhook response: json: cannot unmarshal "
                    + patch.typeName() + " into Go value of type jsonpatch.Patch");
        } catch (ApiException | IllegalArgumentException e) {
            throw new CalloutException("received undecodable patch in webhook response: " + e.getMessage());
        }
    }
}
