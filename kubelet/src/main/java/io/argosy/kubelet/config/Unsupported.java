package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.Problems;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a KubeletConfiguration may ask for and this kubelet does not do: refused by the field's name. Fields that tune what
 * is done here in another way are taken, and so is what needs a feature gate that is off.
 */
final class Unsupported {

    private static final Logger LOG = LoggerFactory.getLogger(Unsupported.class);
    // Read so that they are known; what they tune is done in another way, or not at all upstream without a gate.
    private static final List<String> TAKEN = List.of(
            "staticPodURLHeader",
            "httpCheckFrequency",
            "registryPullQPS",
            "registryBurst",
            "eventRecordQPS",
            "eventBurst",
            "enableContentionProfiling",
            "volumeStatsAggPeriod",
            "cpuManagerReconcilePeriod",
            "qosReserved",
            "hairpinMode",
            "podCIDR",
            "maxOpenFiles",
            "contentType",
            "mergeDefaultEvictionSettings",
            "enableControllerAttachDetach",
            "makeIPTablesUtilChains",
            "iptablesMasqueradeBit",
            "iptablesDropBit",
            "containerLogMaxWorkers",
            "configMapAndSecretChangeDetectionStrategy",
            "systemReservedCgroup",
            "kubeReservedCgroup",
            "volumePluginDir",
            "enableSystemLogHandler",
            "enableProfilingHandler",
            "enableDebugFlagsHandler",
            "memoryThrottlingFactor",
            "memoryReservationPolicy",
            "kernelMemcgNotification");

    private final ConfigObject root;
    private final Problems problems;

    Unsupported(ConfigObject root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    void check() {
        TAKEN.forEach(root::raw);
        sources();
        managers();
        eviction();
        security();
        root.booleanMap("featureGates")
                .filter(gates -> !gates.isEmpty())
                .ifPresent(gates -> LOG.warn("feature gates are known, and features are as by default: {}", gates));
    }

    private void refuse(boolean asked, String field, String why) {
        problems.require(!asked, "invalid configuration: " + field + " is not supported: " + why);
    }

    /** Refuses a field that is neither absent nor empty. */
    private void refuseAny(String field, String why) {
        Object value = root.raw(field).orElse("");
        boolean empty = value.equals("") || value.equals(List.of()) || value.equals(java.util.Map.of());
        refuse(!empty, field, why);
    }

    private void sources() {
        refuseAny("staticPodURL", "pods come from the API and from staticPodPath");
        refuse(root.integer("readOnlyPort", 0) != 0, "readOnlyPort", "nothing is served without authentication");
        refuseAny("kubeletCgroups", "the kubelet stays in the cgroup that it was started in");
        refuseAny("systemCgroups", "processes of the system stay in their cgroups");
        refuseAny("tracing", "no traces are made");
        refuse(root.bool("enableSystemLogQuery", false), "enableSystemLogQuery", "logs of services are not served");
        refuse(
                root.duration("shutdownGracePeriod", Duration.ZERO).isPositive(),
                "shutdownGracePeriod",
                "a shutdown of the node is not awaited");
        refuseAny("shutdownGracePeriodByPodPriority", "a shutdown of the node is not awaited");
    }

    private void managers() {
        only("cpuManagerPolicy", "none", "CPUs are shared by all pods");
        refuseAny("cpuManagerPolicyOptions", "CPUs are shared by all pods");
        only("memoryManagerPolicy", "None", "memory is not given out by NUMA node");
        only("topologyManagerPolicy", "none", "nothing is given out by NUMA node");
        refuseAny("topologyManagerPolicyOptions", "nothing is given out by NUMA node");
        refuseAny("reservedMemory", "memory is not given out by NUMA node");
        refuseAny("reservedSystemCPUs", "CPUs are shared by all pods");
        String swap = root.object("memorySwap").string("swapBehavior", "");
        refuse(!swap.isEmpty() && !swap.equals("NoSwap"), "memorySwap.swapBehavior", "containers use no swap");
        refuse(
                root.bool("singleProcessOOMKill", false),
                "singleProcessOOMKill",
                "a container ends as a whole when its memory is short");
        refuse(
                !root.bool("localStorageCapacityIsolation", true),
                "localStorageCapacityIsolation: false",
                "the node always tells its ephemeral storage");
        for (String each : root.strings("enforceNodeAllocatable").orElse(List.of())) {
            refuse(
                    each.startsWith("system-reserved") || each.startsWith("kube-reserved"),
                    "enforceNodeAllocatable: " + each,
                    "limits are set on pods alone");
        }
    }

    private void only(String field, String offered, String why) {
        String value = root.string(field, offered);
        refuse(!value.equals(offered), field + ": " + value, why);
    }

    private void eviction() {
        String why = "pods are not evicted; hard thresholds are kept from what pods may use";
        refuseAny("evictionSoft", why);
        refuseAny("evictionSoftGracePeriod", why);
        refuseAny("evictionMinimumReclaim", why);
    }

    private void security() {
        String policy = root.string("imagePullCredentialsVerificationPolicy", "NeverVerify");
        refuse(
                policy.equals("AlwaysVerify") || policy.equals("NeverVerifyAllowlistedImages"),
                "imagePullCredentialsVerificationPolicy: " + policy,
                "credentials are not asked for again when an image is there");
        refuseAny("preloadedImagesVerificationAllowlist", "credentials are not asked for again when an image is there");
        refuseAny("tlsCurvePreferences", "curves cannot be chosen");
        refuse(root.bool("serverTLSBootstrap", false), "serverTLSBootstrap", "serving certificates come from files");
        Set<String> known = Set.of(suites());
        for (String suite : root.strings("tlsCipherSuites").orElse(List.of())) {
            problems.require(known.contains(suite), "Cipher suite " + suite + " not supported or doesn't exist");
        }
        String oldest = root.string("tlsMinVersion", "");
        refuse(
                oldest.equals("VersionTLS10") || oldest.equals("VersionTLS11"),
                "tlsMinVersion: " + oldest,
                "TLS 1.2 is the oldest version spoken");
        refuse(
                root.object("userNamespaces").int64("idsPerPod").orElse(65536L) != 65536L,
                "userNamespaces.idsPerPod",
                "pods have no user namespaces");
    }

    private static String[] suites() {
        try {
            return SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
