package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.Value;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fills a Service's IP families and their policy, or tells why they cannot be had.
 *
 * <p>Source: Kubernetes page "IPv4/IPv6 dual-stack", service configuration scenarios.
 */
final class ServiceFamilies {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String SINGLE = "SingleStack";
    private static final String PREFER = "PreferDualStack";
    private static final String REQUIRE = "RequireDualStack";

    private final Set<Family> configured;
    private final Family primary;

    ServiceFamilies(Set<Family> configured, Family primary) {
        this.configured = configured;
        this.primary = primary;
    }

    /** Changes the Service; the errors are empty when all is well. */
    List<FieldError> fill(ServiceView service, Optional<ServiceView> before) {
        if (service.externalName() || unchangedPreference(service, before)) {
            return List.of();
        }
        String policy = fillPolicy(service, before);
        List<FieldError> errors = new ArrayList<>();
        before.ifPresent(old -> trim(service, old, policy, errors));
        checkSingle(service, policy, errors);
        List<String> families = new ArrayList<>(service.families());
        inferFamilies(service, families, errors);
        if (!errors.isEmpty()) {
            return errors;
        }
        if (service.clusterIp().equals(ServiceView.NONE) && service.selectorless()) {
            fillHeadless(service, families, policy);
            return List.of();
        }
        return fillConfigured(service, families, policy);
    }

    private static boolean unchangedPreference(ServiceView service, Optional<ServiceView> before) {
        return before.isPresent()
                && service.familyPolicy().equals(Optional.of(PREFER))
                && before.get().familyPolicy().equals(Optional.of(PREFER))
                && service.type().equals(before.get().type())
                && service.clusterIps().equals(before.get().clusterIps())
                && service.families().equals(before.get().families());
    }

    private static String fillPolicy(ServiceView service, Optional<ServiceView> before) {
        String policy = service.familyPolicy()
                .or(() -> before.flatMap(ServiceView::familyPolicy))
                .orElse(service.clusterIp().equals(ServiceView.NONE) && service.selectorless() ? REQUIRE : SINGLE);
        service.spec().put("ipFamilyPolicy", policy);
        return policy;
    }

    /** Going back to one family lets the second go. */
    private static void trim(ServiceView service, ServiceView old, String policy, List<FieldError> errors) {
        if (policy.equals(SINGLE)) {
            if (service.clusterIps().equals(old.clusterIps())
                    && service.clusterIps().size() > 1) {
                service.setClusterIps(service.clusterIps().subList(0, 1));
            }
            if (service.families().equals(old.families()) && service.families().size() > 1) {
                service.setFamilies(service.families().subList(0, 1));
            }
            return;
        }
        if (!service.clusterIps().isEmpty()
                && service.clusterIps().size() < old.clusterIps().size()) {
            errors.add(FieldError.invalid(
                    SPEC.child("ipFamilyPolicy"), policy, "must be 'SingleStack' to release the secondary cluster IP"));
        }
        if (!service.families().isEmpty()
                && service.families().size() < old.families().size()) {
            errors.add(FieldError.invalid(
                    SPEC.child("ipFamilyPolicy"), policy, "must be 'SingleStack' to release the secondary IP family"));
        }
    }

    private static void checkSingle(ServiceView service, String policy, List<FieldError> errors) {
        if (!policy.equals(SINGLE)) {
            return;
        }
        String detail = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
        if (service.clusterIps().size() == 2) {
            errors.add(FieldError.invalid(SPEC.child("ipFamilyPolicy"), policy, detail + "cluster IPs are specified"));
        }
        if (service.families().size() == 2) {
            errors.add(FieldError.invalid(SPEC.child("ipFamilyPolicy"), policy, detail + "IP families are specified"));
        }
    }

    private void inferFamilies(ServiceView service, List<String> families, List<FieldError> errors) {
        List<String> ips = service.clusterIps();
        for (int i = 0; i < ips.size() && !ips.get(i).equals(ServiceView.NONE); i++) {
            Optional<InetAddress> address = AddressRange.address(ips.get(i));
            if (address.isEmpty() || i < families.size()) {
                continue;
            }
            Family family = Family.of(address.get());
            if (configured.contains(family)) {
                families.add(family.text());
            } else {
                errors.add(FieldError.invalid(
                        SPEC.child("clusterIPs").index(i),
                        ArrayValue.ofStrings(ips),
                        family.text() + " is not configured on this cluster"));
            }
        }
        service.setFamilies(families);
    }

    /** Without addresses and selector nothing is asked of the cluster. */
    private void fillHeadless(ServiceView service, List<String> families, String policy) {
        if (families.isEmpty()) {
            families.add(primary.text());
        }
        addOther(families, !policy.equals(SINGLE));
        service.setFamilies(families);
    }

    private static void addOther(List<String> families, boolean wanted) {
        if (wanted && families.size() == 1) {
            Family.of(families.getFirst())
                    .ifPresent(family -> families.add(family.other().text()));
        }
    }

    private List<FieldError> fillConfigured(ServiceView service, List<String> families, String policy) {
        List<FieldError> errors = new ArrayList<>();
        if (policy.equals(REQUIRE) && configured.size() < 2) {
            errors.add(FieldError.invalid(
                    SPEC.child("ipFamilyPolicy"), policy, "this cluster is not configured for dual-stack services"));
        }
        for (int i = 0; i < families.size(); i++) {
            if (Family.of(families.get(i)).filter(configured::contains).isEmpty()) {
                errors.add(FieldError.invalid(
                        SPEC.child("ipFamilies").index(i),
                        Value.of(families.get(i)),
                        "not configured on this cluster"));
            }
        }
        if (!errors.isEmpty()) {
            return errors;
        }
        if (families.isEmpty()) {
            families.add(primary.text());
        }
        addOther(families, !policy.equals(SINGLE) && configured.size() == 2);
        service.setFamilies(families);
        return List.of();
    }
}
