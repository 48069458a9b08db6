package io.argosy.apiserver.admission.matching;

import io.argosy.apiserver.admission.AdmissionRequest;
import java.util.Set;

/** What no webhook and no policy may come between: the objects that say what they do. */
public final class Exempt {

    private static final Set<String> RESOURCES = Set.of(
            "validatingwebhookconfigurations",
            "mutatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings");

    private Exempt() {}

    public static boolean is(AdmissionRequest request) {
        return request.resource().group().equals("admissionregistration.k8s.io")
                && RESOURCES.contains(request.resource().resource());
    }
}
