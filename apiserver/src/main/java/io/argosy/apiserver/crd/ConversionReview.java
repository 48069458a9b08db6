package io.argosy.apiserver.crd;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ConversionReviews: what is sent, and what an answer means. Pure. */
final class ConversionReview {

    private static final String GROUP = "apiextensions.k8s.io/";

    private ConversionReview() {}

    /** An answer that is none. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Of the versions that a webhook takes the first that is known. */
    static Optional<String> version(List<String> taken) {
        return taken.stream().filter(List.of("v1", "v1beta1")::contains).findFirst();
    }

    static byte[] request(String version, String uid, List<ObjectValue> objects, String desired) {
        ObjectValue request = new ObjectValue()
                .put("uid", uid)
                .put("desiredAPIVersion", desired)
                .put("objects", new ArrayValue(objects));
        return JsonWriter.write(new ObjectValue()
                .put("kind", "ConversionReview")
                .put("apiVersion", GROUP + version)
                .put("request", request));
    }

    /** The converted objects, not yet looked at. */
    static List<ObjectValue> answer(byte[] body, String version, String uid) throws Malformed {
        ObjectValue review;
        try {
            review = JsonReader.readObject(body);
        } catch (ApiException e) {
            throw new Malformed("couldn't get version/kind; json parse error: " + e.message());
        }
        boolean strict = version.equals("v1");
        String apiVersion = review.string("apiVersion").orElse("");
        String kind = review.string("kind").orElse("");
        if (strict && (!apiVersion.equals(GROUP + "v1") || !kind.equals("ConversionReview"))) {
            String named = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
            throw new Malformed("expected webhook response of " + GROUP + "v1, Kind=ConversionReview, got " + named
                    + ", Kind=" + kind);
        }
        ObjectValue response = review.object("response").orElseThrow(() -> new Malformed("no response provided"));
        String given = response.string("uid").orElse("");
        if (strict && !given.equals(uid)) {
            throw new Malformed("expected response.uid=\"" + uid + "\", got \"" + given + "\"");
        }
        String status = response.string("result", "status").orElse("");
        if (!status.equals("Success")) {
            String message = response.string("result", "message").orElse("");
            throw new Malformed(
                    message.isEmpty() ? "response.result.status was '" + status + "', not 'Success'" : message);
        }
        List<ObjectValue> objects = new ArrayList<>();
        response.array("convertedObjects").ifPresent(list -> list.objects().forEach(objects::add));
        return objects;
    }

    /**
     * Checks that a converted object is the original in another version, and gives it the original's metadata: only labels
     * and annotations may change. Returns what is wrong.
     */
    static Optional<String> settle(ObjectValue original, ObjectValue converted, String desired) {
        String version = converted.string("apiVersion").orElse("");
        if (!version.equals(desired)) {
            return Optional.of("invalid groupVersion (expected " + desired + ", received " + version + ")");
        }
        String kind = converted.string("kind").orElse("");
        if (!original.string("kind").orElse("").equals(kind)) {
            return Optional.of(
                    "invalid kind (expected " + original.string("kind").orElse("") + ", received " + kind + ")");
        }
        for (String[] field : new String[][] {{"name", "name"}, {"namespace", "namespace"}, {"uid", "UID"}}) {
            String before = original.string("metadata", field[0]).orElse("");
            String after = converted.string("metadata", field[0]).orElse("");
            if (!before.equals(after)) {
                return Optional.of("must have the same " + field[1] + ": " + before + " != " + after);
            }
        }
        Optional<ObjectValue> given = converted.object("metadata");
        if (given.isEmpty()) {
            return Optional.of("missing metadata in converted object");
        }
        ObjectValue metadata =
                original.object("metadata").map(ObjectValue::copy).orElseGet(ObjectValue::new);
        for (String field : List.of("labels", "annotations")) {
            metadata.remove(field);
            Optional<ObjectValue> entries = given.get().object(field);
            if (entries.isPresent()
                    && entries.get().fields().keySet().stream()
                            .anyMatch(key -> entries.get().string(key).isEmpty())) {
                return Optional.of("invalid metadata." + field + ": all values must be strings");
            }
            entries.ifPresent(kept -> metadata.put(field, kept));
        }
        converted.put("metadata", metadata);
        return Optional.empty();
    }
}
