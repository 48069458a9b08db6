package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which names of limits mean what. */
final class Names {

    static final String COUNT = "count/";
    static final String HUGE_PAGES = "hugepages-";
    static final String REQUESTS = "requests.";
    static final String LIMITS = "limits.";

    /** A device class as an extended resource: {@code deviceclass.resource.kubernetes.io/<class>}. */
    static final String DEVICE_CLASS = "deviceclass.resource.kubernetes.io/";

    private Names() {}

    static String count(GroupResource resource) {
        return COUNT + resource;
    }

    static Set<String> among(Set<String> names, Predicate<String> wanted) {
        TreeSet<String> found = new TreeSet<>(names);
        found.removeIf(wanted.negate());
        return Collections.unmodifiableSet(found);
    }

    private static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    /** Whether a limit is on requests of an extended resource: {@code requests.example.com/gpu}. */
    static boolean limitsExtended(String name) {
        return name.startsWith(REQUESTS) && (!isNative(name) || name.startsWith(REQUESTS + DEVICE_CLASS));
    }

    /** Whether a container asks for an extended resource by this name. */
    static boolean isExtended(String name) {
        return name.startsWith(DEVICE_CLASS)
                || (!isNative(name)
                        && !name.startsWith(REQUESTS)
                        && io.argosy.apimodel.meta.Names.qualifiedName(REQUESTS + name)
                                .isEmpty());
    }
}
