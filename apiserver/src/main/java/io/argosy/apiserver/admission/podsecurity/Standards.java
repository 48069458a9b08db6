package io.argosy.apiserver.admission.podsecurity;

import static io.argosy.apiserver.admission.podsecurity.Check.baseline;
import static io.argosy.apiserver.admission.podsecurity.Check.restricted;
import static io.argosy.apiserver.admission.podsecurity.Check.since;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Pod Security Standards of every release.
 *
 * <p>Source: Kubernetes page "Pod Security Standards".
 */
final class Standards {

    private static final Set<String> SELINUX = Set.of("container_t", "container_init_t", "container_kvm_t");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start");
    private static final Set<String> SYSCTLS_27 = and(SYSCTLS, "net.ipv4.ip_local_reserved_ports");
    private static final Set<String> SYSCTLS_29 = and(
            SYSCTLS_27,
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes");
    private static final Set<String> SYSCTLS_32 = and(SYSCTLS_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");

    /** In the order in which violations are told: those of baseline first. */
    private static final List<Check> CHECKS = List.of(
            baseline("appArmorProfile", since(0, ProfileChecks::appArmor)),
            baseline("capabilities_baseline", since(0, PrivilegeChecks::defaultCapabilities)),
            baseline("hostNamespaces", since(0, HostChecks::namespaces)),
            baseline("hostPathVolumes", since(0, HostChecks::paths)),
            baseline("hostPorts", since(0, HostChecks::ports)),
            baseline("hostProbesAndHostLifecycle", since(34, HostChecks::probes)),
            baseline("privileged", since(0, PrivilegeChecks::privileged)),
            baseline(
                    "procMount",
                    since(0, HostChecks::procMount),
                    since(35, unless(PodView::hasOwnUsers, HostChecks::procMount))),
            baseline(
                    "seLinuxOptions",
                    since(0, ProfileChecks.seLinux(SELINUX)),
                    since(31, ProfileChecks.seLinux(and(SELINUX, "container_engine_t")))),
            baseline(
                    "seccompProfile_baseline",
                    since(0, ProfileChecks::seccompAnnotations),
                    since(19, ProfileChecks::seccomp)),
            baseline(
                    "sysctls",
                    since(0, ProfileChecks.sysctls(SYSCTLS)),
                    since(27, ProfileChecks.sysctls(SYSCTLS_27)),
                    since(29, ProfileChecks.sysctls(SYSCTLS_29)),
                    since(32, ProfileChecks.sysctls(SYSCTLS_32))),
            baseline("windowsHostProcess", since(0, HostChecks::windowsHostProcess)),
            restricted(
                    "allowPrivilegeEscalation",
                    Set.of(),
                    since(8, PrivilegeChecks::escalation),
                    since(25, unless(PodView::isWindows, PrivilegeChecks::escalation))),
            restricted(
                    "capabilities_restricted",
                    Set.of("capabilities_baseline"),
                    since(22, PrivilegeChecks::fewCapabilities),
                    since(25, unless(PodView::isWindows, PrivilegeChecks::fewCapabilities))),
            restricted("procMount_restricted", Set.of("procMount"), since(35, HostChecks::procMount)),
            restricted("restrictedVolumes", Set.of("hostPathVolumes"), since(0, VolumeChecks::types)),
            restricted(
                    "runAsNonRoot",
                    Set.of(),
                    since(0, PrivilegeChecks::nonRoot),
                    since(35, unless(PodView::hasOwnUsers, PrivilegeChecks::nonRoot))),
            restricted(
                    "runAsUser",
                    Set.of(),
                    since(23, PrivilegeChecks::userZero),
                    since(35, unless(PodView::hasOwnUsers, PrivilegeChecks::userZero))),
            restricted(
                    "seccompProfile_restricted",
                    Set.of("seccompProfile_baseline"),
                    since(19, ProfileChecks::seccompEverywhere),
                    since(25, unless(PodView::isWindows, ProfileChecks::seccompEverywhere))));

    private Standards() {}

    private static Set<String> and(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    private static Function<PodView, Optional<Violation>> unless(
            Predicate<PodView> exempt, Function<PodView, Optional<Violation>> rule) {
        return pod -> exempt.test(pod) ? Optional.empty() : rule.apply(pod);
    }

    /** What of a pod a standard does not allow. Pure. */
    static List<Violation> violations(Standard standard, PodView pod) {
        Set<String> replaced = new HashSet<>();
        List<Check> asked = CHECKS.stream()
                .filter(check -> check.level().compareTo(standard.level()) <= 0)
                .filter(check -> check.in(standard.release()).isPresent())
                .toList();
        asked.forEach(check -> replaced.addAll(check.replaces()));
        return asked.stream()
                .filter(check -> !replaced.contains(check.id()))
                .flatMap(check -> check.in(standard.release()).stream())
                .flatMap(form -> form.rule().apply(pod).stream())
                .toList();
    }
}
