package io.argosy.apiserver.admission;

import io.argosy.apiserver.admission.certificates.CertificateApproval;
import io.argosy.apiserver.admission.certificates.CertificateSigning;
import io.argosy.apiserver.admission.certificates.CertificateSubjectRestriction;
import io.argosy.apiserver.admission.escalation.RoleEscalation;
import io.argosy.apiserver.admission.ingressclass.DefaultIngressClass;
import io.argosy.apiserver.admission.limitranger.LimitRanger;
import io.argosy.apiserver.admission.namespacelifecycle.NamespaceLifecycle;
import io.argosy.apiserver.admission.noderestriction.NodeRestriction;
import io.argosy.apiserver.admission.nodetaint.TaintNodesByCondition;
import io.argosy.apiserver.admission.priority.Priority;
import io.argosy.apiserver.admission.resourcequota.ResourceQuotaPlugin;
import io.argosy.apiserver.admission.serviceaccount.ServiceAccountPlugin;
import io.argosy.apiserver.admission.storageclass.DefaultStorageClass;
import io.argosy.apiserver.admission.storageprotection.StorageObjectInUseProtection;
import io.argosy.apiserver.admission.tolerations.DefaultTolerationSeconds;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.rbac.RbacPolicy;
import io.argosy.apiserver.objects.ClusterObjects;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** The plugins in the order in which they are asked, and which of them are on by themselves. */
public final class DefaultPlugins {

    private static final Set<String> OFF_BY_DEFAULT = Set.of("NodeRestriction");

    private DefaultPlugins() {}

    /**
     * The chain that the flags ask for.
     *
     * @param enabled of {@code --enable-admission-plugins}
     * @param disabled of {@code --disable-admission-plugins}
     * @param threads for plugins that settle the requests of many together
     * @param rbac the policy, when the mode RBAC is on: then nobody may grant more than they have
     * @throws IllegalArgumentException for names that are no plugin's
     */
    public static AdmissionChain chain(
            ClusterObjects objects,
            Authorizer authorizer,
            Optional<RbacPolicy> rbac,
            RandomGenerator random,
            DefaultTolerationSeconds tolerations,
            Set<String> enabled,
            Set<String> disabled,
            InstantSource clock,
            ThreadFactory threads) {
        List<AdmissionPlugin> all = all(objects, authorizer, random, tolerations, clock, threads);
        check(all, enabled);
        check(all, disabled);
        List<AdmissionPlugin> chosen = new ArrayList<>();
        for (AdmissionPlugin plugin : all) {
            boolean on = enabled.contains(plugin.name())
                    || (!OFF_BY_DEFAULT.contains(plugin.name()) && !disabled.contains(plugin.name()));
            if (on) {
                chosen.add(plugin);
            }
        }
        rbac.ifPresent(policy -> chosen.addFirst(new RoleEscalation(policy, authorizer)));
        return new AdmissionChain(chosen);
    }

    private static List<AdmissionPlugin> all(
            ClusterObjects objects,
            Authorizer authorizer,
            RandomGenerator random,
            DefaultTolerationSeconds tolerations,
            InstantSource clock,
            ThreadFactory threads) {
        return List.of(
                new NamespaceLifecycle(objects),
                new LimitRanger(objects),
                new ServiceAccountPlugin(objects, random),
                new NodeRestriction(objects),
                new TaintNodesByCondition(),
                new Priority(objects),
                tolerations,
                new StorageObjectInUseProtection(),
                new CertificateApproval(authorizer),
                new CertificateSigning(authorizer),
                new CertificateSubjectRestriction(),
                new DefaultIngressClass(objects),
                new DefaultStorageClass(objects),
                new ResourceQuotaPlugin(objects, List.of(), clock, threads));
    }

    private static void check(List<AdmissionPlugin> all, Set<String> names) {
        for (String name : names) {
            if (all.stream().noneMatch(plugin -> plugin.name().equals(name))) {
                throw new IllegalArgumentException("admission plugin \"" + name + "\" is unknown");
            }
        }
    }
}
