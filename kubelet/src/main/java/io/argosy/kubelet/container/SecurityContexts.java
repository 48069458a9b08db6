package io.argosy.kubelet.container;

import io.argosy.kubelet.cri.v1.Capability;
import io.argosy.kubelet.cri.v1.Int64Value;
import io.argosy.kubelet.cri.v1.LinuxContainerSecurityContext;
import io.argosy.kubelet.cri.v1.LinuxSandboxSecurityContext;
import io.argosy.kubelet.cri.v1.NamespaceMode;
import io.argosy.kubelet.cri.v1.NamespaceOption;
import io.argosy.kubelet.cri.v1.SELinuxOption;
import io.argosy.kubelet.cri.v1.SecurityProfile;
import io.argosy.kubelet.cri.v1.SupplementalGroupsPolicy;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pod and its containers say about security, merged, in CRI's terms. Pure. */
public final class SecurityContexts {

    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final Pod pod;
    private final PodSecurityContext ofPod;
    private final boolean seccompByDefault;
    private final String seccompRoot;

    public SecurityContexts(Pod pod, boolean seccompByDefault, String seccompRoot) {
        this.pod = pod;
        this.ofPod = pod.getSpec().getSecurityContext() == null
                ? new PodSecurityContext()
                : pod.getSpec().getSecurityContext();
        this.seccompByDefault = seccompByDefault;
        this.seccompRoot = seccompRoot;
    }

    /** The user a container runs as, if the pod says so. */
    public static Optional<Long> user(Pod pod, Container container) {
        if (container.getSecurityContext() != null
                && container.getSecurityContext().getRunAsUser() != null) {
            return Optional.of(container.getSecurityContext().getRunAsUser());
        }
        return Optional.ofNullable(pod.getSpec().getSecurityContext()).map(PodSecurityContext::getRunAsUser);
    }

    public static Optional<Long> fsGroup(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getSecurityContext()).map(PodSecurityContext::getFsGroup);
    }

    static boolean nonRoot(Pod pod, Container container) {
        if (container.getSecurityContext() != null
                && container.getSecurityContext().getRunAsNonRoot() != null) {
            return container.getSecurityContext().getRunAsNonRoot();
        }
        return pod.getSpec().getSecurityContext() != null
                && Boolean.TRUE.equals(pod.getSpec().getSecurityContext().getRunAsNonRoot());
    }

    /**
     * Refuses a container that must not run as root and would, or might.
     *
     * @param imageUser the numeric user of the image; empty when it names one or none
     * @param imageUserName the user's name in the image; empty when it is numeric or absent
     */
    public static void verifyNonRoot(Pod pod, Container container, Optional<Long> imageUser, String imageUserName)
            throws ConfigException {
        if (!nonRoot(pod, container)) {
            return;
        }
        String which = " (pod: \"" + PodView.described(pod) + "\", container: " + container.getName() + ")";
        Optional<Long> wanted = user(pod, container);
        if (wanted.isPresent()) {
            if (wanted.get() == 0) {
                throw ConfigException.config("container's runAsUser breaks non-root policy" + which);
            }
        } else if (imageUser.isPresent()) {
            if (imageUser.get() == 0) {
                throw ConfigException.config("container has runAsNonRoot and image will run as root" + which);
            }
        } else if (!imageUserName.isEmpty()) {
            throw ConfigException.config("container has runAsNonRoot and image has non-numeric user (" + imageUserName
                    + "), cannot verify user is non-root" + which);
        }
    }

    public LinuxContainerSecurityContext container(
            Container container, Optional<Long> imageUser, String imageUserName, Optional<String> targetId) {
        SecurityContext own =
                container.getSecurityContext() == null ? new SecurityContext() : container.getSecurityContext();
        LinuxContainerSecurityContext.Builder out = LinuxContainerSecurityContext.newBuilder();
        Optional<Long> user = user(pod, container);
        if (user.isPresent()) {
            out.setRunAsUser(value(user.get()));
        } else if (imageUser.isPresent()) {
            out.setRunAsUser(value(imageUser.get()));
        } else if (!imageUserName.isEmpty()) {
            out.setRunAsUsername(imageUserName);
        }
        Long group = own.getRunAsGroup() != null ? own.getRunAsGroup() : ofPod.getRunAsGroup();
        if (group != null) {
            out.setRunAsGroup(value(group));
        }
        boolean privileged = Boolean.TRUE.equals(own.getPrivileged());
        out.setPrivileged(privileged);
        out.setReadonlyRootfs(Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()));
        out.setNoNewPrivs(Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()));
        out.addAllSupplementalGroups(groups());
        out.setSupplementalGroupsPolicy(policy());
        out.setNamespaceOptions(namespaces(targetId));
        if (own.getCapabilities() != null) {
            out.setCapabilities(Capability.newBuilder()
                    .addAllAddCapabilities(PodView.orEmpty(own.getCapabilities().getAdd()))
                    .addAllDropCapabilities(
                            PodView.orEmpty(own.getCapabilities().getDrop())));
        }
        SELinuxOptions selinux = own.getSeLinuxOptions() != null ? own.getSeLinuxOptions() : ofPod.getSeLinuxOptions();
        if (selinux != null) {
            out.setSelinuxOptions(selinux(selinux));
        }
        out.setSeccomp(seccomp(
                own.getSeccompProfile() != null ? own.getSeccompProfile() : ofPod.getSeccompProfile(), privileged));
        AppArmorProfile apparmor =
                own.getAppArmorProfile() != null ? own.getAppArmorProfile() : ofPod.getAppArmorProfile();
        if (apparmor != null && !privileged) {
            out.setApparmor(profile(apparmor.getType(), apparmor.getLocalhostProfile(), ""));
        }
        if (!"Unmasked".equals(own.getProcMount()) && !privileged) {
            out.addAllMaskedPaths(MASKED).addAllReadonlyPaths(READ_ONLY);
        }
        return out.build();
    }

    public LinuxSandboxSecurityContext sandbox() {
        LinuxSandboxSecurityContext.Builder out = LinuxSandboxSecurityContext.newBuilder();
        boolean privileged = PodView.all(pod).stream()
                .anyMatch(c -> c.getSecurityContext() != null
                        && Boolean.TRUE.equals(c.getSecurityContext().getPrivileged()));
        out.setPrivileged(privileged);
        // The process that holds the namespaces needs nothing: it always runs under the runtime's own profile.
        out.setSeccomp(SecurityProfile.newBuilder().setProfileType(SecurityProfile.ProfileType.RuntimeDefault));
        out.setNamespaceOptions(namespaces(Optional.empty()));
        if (ofPod.getRunAsUser() != null) {
            out.setRunAsUser(value(ofPod.getRunAsUser()));
        }
        if (ofPod.getRunAsGroup() != null) {
            out.setRunAsGroup(value(ofPod.getRunAsGroup()));
        }
        out.addAllSupplementalGroups(groups());
        out.setSupplementalGroupsPolicy(policy());
        if (ofPod.getSeLinuxOptions() != null) {
            out.setSelinuxOptions(selinux(ofPod.getSeLinuxOptions()));
        }
        return out.build();
    }

    NamespaceOption namespaces(Optional<String> targetId) {
        NamespaceOption.Builder out = NamespaceOption.newBuilder();
        out.setNetwork(mode(Boolean.TRUE.equals(pod.getSpec().getHostNetwork()), NamespaceMode.POD));
        out.setIpc(mode(Boolean.TRUE.equals(pod.getSpec().getHostIPC()), NamespaceMode.POD));
        NamespaceMode ownPid = Boolean.TRUE.equals(pod.getSpec().getShareProcessNamespace())
                ? NamespaceMode.POD
                : NamespaceMode.CONTAINER;
        NamespaceMode pid = mode(Boolean.TRUE.equals(pod.getSpec().getHostPID()), ownPid);
        if (targetId.isPresent() && pid == NamespaceMode.CONTAINER) {
            out.setTargetId(targetId.get());
            pid = NamespaceMode.TARGET;
        }
        out.setPid(pid);
        return out.build();
    }

    private static NamespaceMode mode(boolean host, NamespaceMode otherwise) {
        return host ? NamespaceMode.NODE : otherwise;
    }

    private List<Long> groups() {
        List<Long> groups = new ArrayList<>(PodView.orEmpty(ofPod.getSupplementalGroups()));
        if (ofPod.getFsGroup() != null) {
            groups.add(ofPod.getFsGroup());
        }
        return groups;
    }

    private SupplementalGroupsPolicy policy() {
        return "Strict".equals(ofPod.getSupplementalGroupsPolicy())
                ? SupplementalGroupsPolicy.Strict
                : SupplementalGroupsPolicy.Merge;
    }

    private SecurityProfile seccomp(SeccompProfile profile, boolean privileged) {
        if (profile == null) {
            SecurityProfile.ProfileType type = seccompByDefault && !privileged
                    ? SecurityProfile.ProfileType.RuntimeDefault
                    : SecurityProfile.ProfileType.Unconfined;
            return SecurityProfile.newBuilder().setProfileType(type).build();
        }
        return profile(profile.getType(), profile.getLocalhostProfile(), seccompRoot + "/");
    }

    private static SecurityProfile profile(String type, String localhost, String prefix) {
        SecurityProfile.Builder out = SecurityProfile.newBuilder();
        switch (type == null ? "" : type) {
            case "RuntimeDefault" -> out.setProfileType(SecurityProfile.ProfileType.RuntimeDefault);
            case "Localhost" ->
                out.setProfileType(SecurityProfile.ProfileType.Localhost).setLocalhostRef(prefix + localhost);
            default -> out.setProfileType(SecurityProfile.ProfileType.Unconfined);
        }
        return out.build();
    }

    private static SELinuxOption selinux(SELinuxOptions options) {
        SELinuxOption.Builder out = SELinuxOption.newBuilder();
        Optional.ofNullable(options.getUser()).ifPresent(out::setUser);
        Optional.ofNullable(options.getRole()).ifPresent(out::setRole);
        Optional.ofNullable(options.getType()).ifPresent(out::setType);
        Optional.ofNullable(options.getLevel()).ifPresent(out::setLevel);
        return out.build();
    }

    private static Int64Value value(long value) {
        return Int64Value.newBuilder().setValue(value).build();
    }
}
