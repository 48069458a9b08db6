package io.argosy.kubelet.container;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;

/** What a pod calls itself on the network. Pure. */
public record PodNames(String hostname, String domain) {

    // What the kernel takes.
    private static final int LONGEST = 63;

    public static PodNames of(Pod pod, String clusterDomain) {
        String override = pod.getSpec().getHostnameOverride();
        if (override != null && !override.isEmpty()) {
            return new PodNames(shortened(override), "");
        }
        String wanted = pod.getSpec().getHostname();
        String hostname = wanted == null || wanted.isEmpty() ? pod.getMetadata().getName() : wanted;
        String subdomain = pod.getSpec().getSubdomain();
        String domain = subdomain == null || subdomain.isEmpty()
                ? ""
                : subdomain + "." + pod.getMetadata().getNamespace() + ".svc." + clusterDomain;
        return new PodNames(shortened(hostname), domain);
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        int end = LONGEST;
        while (end > 0 && (name.charAt(end - 1) == '-' || name.charAt(end - 1) == '.')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** What the sandbox is given: the FQDN if the pod asks for that, nothing on the host's network. */
    String forSandbox(Pod pod) throws ConfigException {
        if (PodView.hostNetwork(pod)) {
            return "";
        }
        if (!Boolean.TRUE.equals(pod.getSpec().getSetHostnameAsFQDN()) || domain.isEmpty()) {
            return hostname;
        }
        String fqdn = hostname + "." + domain;
        if (fqdn.length() > LONGEST + 1) {
            throw new ConfigException(
                    "CreatePodSandboxError",
                    "failed to construct FQDN from pod hostname and cluster domain, FQDN " + fqdn
                            + " is too long (" + (LONGEST + 1) + " characters is the max, " + fqdn.length()
                            + " characters requested)");
        }
        return fqdn;
    }
}
