package io.argosy.apiserver.admission;

import io.argosy.apiserver.admission.certificates.CertificateApproval;
import io.argosy.apiserver.admission.certificates.CertificateSigning;
import io.argosy.apiserver.admission.certificates.CertificateSubjectRestriction;
import io.argosy.apiserver.admission.claimresize.PersistentVolumeClaimResize;
import io.argosy.apiserver.admission.configuration.AdmissionConfiguration;
import io.argosy.apiserver.admission.escalation.RoleEscalation;
import io.argosy.apiserver.admission.ingressclass.DefaultIngressClass;
import io.argosy.apiserver.admission.limitranger.LimitRanger;
import io.argosy.apiserver.admission.namespacelifecycle.NamespaceLifecycle;
import io.argosy.apiserver.admission.noderestriction.NodeRestriction;
import io.argosy.apiserver.admission.nodetaint.TaintNodesByCondition;
import io.argosy.apiserver.admission.podsecurity.PodSecurityPlugin;
import io.argosy.apiserver.admission.priority.Priority;
import io.argosy.apiserver.admission.resourcequota.ResourceQuotaPlugin;
import io.argosy.apiserver.admission.runtimeclass.RuntimeClassPlugin;
import io.argosy.apiserver.admission.serviceaccount.ServiceAccountPlugin;
import io.argosy.apiserver.admission.storageclass.DefaultStorageClass;
import io.argosy.apiserver.admission.storageprotection.StorageObjectInUseProtection;
import io.argosy.apiserver.admission.tolerations.DefaultTolerationSeconds;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.rbac.RbacPolicy;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.daemon.metrics.Metrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The plugins in the order in which they are asked, and which of them are on by themselves. */
public final class DefaultPlugins {

    private DefaultPlugins() {}

    /**
     * What plugins are made of.
     *
     * @param rbac the policy, when the mode RBAC is on: then nobody may grant more than they have
     * @param configuration of {@code --admission-control-config-file}
     * @param configured the plugins that objects configure
     * @param threads for plugins that settle the requests of many together
     */
    public record Parts(
            ClusterObjects objects,
            Authorizer authorizer,
            Optional<RbacPolicy> rbac,
            RandomGenerator random,
            DefaultTolerationSeconds tolerations,
            AdmissionConfiguration configuration,
            List<AdmissionPlugin> configured,
            InstantSource clock,
            ThreadFactory threads,
            Metrics metrics) {

        public Parts {
            configured = List.copyOf(configured);
        }
    }

    /**
     * The chain that the flags ask for.
     *
     * @param enabled of {@code --enable-admission-plugins}
     * @param disabled of {@code --disable-admission-plugins}
     * @throws IllegalArgumentException for names that are no plugin's, and for wrong configurations
     */
    public static AdmissionChain chain(Parts parts, Set<String> enabled, Set<String> disabled) {
        List<AdmissionPlugin> all = new ArrayList<>(all(parts));
        all.addAll(parts.configured());
        check(all, enabled, disabled);
        List<AdmissionPlugin> chosen = new ArrayList<>(all.stream()
                .filter(plugin -> enabled.contains(plugin.name())
                        || (!PluginOrder.OFF_BY_DEFAULT.contains(plugin.name()) && !disabled.contains(plugin.name())))
                .sorted(PluginOrder.COMPARATOR)
                .toList());
        parts.rbac().ifPresent(policy -> chosen.addFirst(new RoleEscalation(policy, parts.authorizer())));
        return new AdmissionChain(chosen);
    }

    private static List<AdmissionPlugin> all(Parts parts) {
        ClusterObjects objects = parts.objects();
        Authorizer authorizer = parts.authorizer();
        AdmissionConfiguration configuration = parts.configuration();
        return List.of(
                new NamespaceLifecycle(objects),
                new LimitRanger(objects),
                new ServiceAccountPlugin(objects, parts.random()),
                new NodeRestriction(objects),
                new TaintNodesByCondition(),
                new PodSecurityPlugin(objects, configuration.of("PodSecurity"), parts.metrics()),
                new Priority(objects),
                parts.tolerations(),
                new DefaultStorageClass(objects),
                new StorageObjectInUseProtection(),
                new PersistentVolumeClaimResize(objects),
                new RuntimeClassPlugin(objects),
                new CertificateApproval(authorizer),
                new CertificateSigning(authorizer),
                new CertificateSubjectRestriction(),
                new DefaultIngressClass(objects),
                new ResourceQuotaPlugin(objects, configuration.of("ResourceQuota"), parts.clock(), parts.threads()));
    }

    private static void check(List<AdmissionPlugin> all, Set<String> enabled, Set<String> disabled) {
        checkNames("enable-admission-plugins", enabled);
        checkNames("disable-admission-plugins", disabled);
        List<String> both = enabled.stream().filter(disabled::contains).sorted().toList();
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("[" + String.join(" ", both)
                    + "] in enable-admission-plugins and disable-admission-plugins overlapped");
        }
        Set<String> known = all.stream().map(AdmissionPlugin::name).collect(Collectors.toSet());
        for (String name : enabled) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("enable-admission-plugins plugin \"" + name + "\" is not supported");
            }
        }
    }

    private static void checkNames(String flag, Set<String> names) {
        for (String name : names) {
            if (!PluginOrder.NAMES.contains(name)) {
                throw new IllegalArgumentException(flag + " plugin \"" + name + "\" is unknown");
            }
        }
    }
}
