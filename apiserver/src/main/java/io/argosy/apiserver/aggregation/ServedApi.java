package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An APIService as its object says.
 *
 * @param service empty when this server answers itself
 * @param caBundle PEM; empty trusts the authorities of the system
 * @param insecure whether any certificate will do
 * @param available whether the last check found it so
 */
record ServedApi(
        String name,
        GroupVersion version,
        int groupPriority,
        int versionPriority,
        Optional<Service> service,
        String caBundle,
        boolean insecure,
        boolean available) {

    private static final int HTTPS = 443;

    record Service(String namespace, String name, int port) {

        /** What its certificate must be for. */
        String serverName() {
            return name + "." + namespace + ".svc";
        }
    }

    static ServedApi of(ObjectValue object) {
        Optional<Service> service = object.object("spec", "service")
                .map(given -> new Service(
                        given.string("namespace").orElse(""),
                        given.string("name").orElse(""),
                        given.integer("port").orElse((long) HTTPS).intValue()));
        return new ServedApi(
                object.string("metadata", "name").orElse(""),
                new GroupVersion(
                        object.string("spec", "group").orElse(""),
                        object.string("spec", "version").orElse("")),
                object.integer("spec", "groupPriorityMinimum").orElse(0L).intValue(),
                object.integer("spec", "versionPriority").orElse(0L).intValue(),
                service,
                object.string("spec", "caBundle").map(ServedApi::decoded).orElse(""),
                object.isTrue("spec", "insecureSkipTLSVerify"),
                condition(object)
                        .flatMap(condition -> condition.string("status"))
                        .orElse("")
                        .equals("True"));
    }

    static Optional<ObjectValue> condition(ObjectValue object) {
        return object.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .filter(condition -> condition.string("type").orElse("").equals(Availability.CONDITION))
                .findFirst();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Where its discovery document is. */
    String path() {
        return version.group().isEmpty() ? "/api/" + version.version() : "/apis/" + version;
    }
}
