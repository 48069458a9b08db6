package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quota.ScopeRule;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Set;

/** A ResourceQuotaConfiguration: what may be used only where a quota allows it. */
final class QuotaSettings {

    private static final Set<String> VERSIONS = Set.of(
            "apiserver.config.k8s.io/v1",
            "resourcequota.admission.k8s.io/v1beta1",
            "resourcequota.admission.k8s.io/v1alpha1");

    private QuotaSettings() {}

    /** @throws IllegalArgumentException when it is something else */
    static List<LimitedResource> read(ObjectValue config) {
        String version = config.string("apiVersion").orElse("");
        String kind = config.string("kind").orElse("");
        if (!VERSIONS.contains(version)
                || !Set.of("ResourceQuotaConfiguration", "Configuration").contains(kind)) {
            throw new IllegalArgumentException(
                    "no kind \"" + kind + "\" is registered for version \"" + version + "\"");
        }
        return config.array("limitedResources").stream()
                .flatMap(ArrayValue::objects)
                .map(QuotaSettings::limited)
                .toList();
    }

    private static LimitedResource limited(ObjectValue entry) {
        String resource = entry.string("resource").orElse("");
        if (resource.isEmpty()) {
            throw new IllegalArgumentException("limitedResources.resource: Required value");
        }
        return new LimitedResource(
                new GroupResource(entry.string("apiGroup").orElse(""), resource),
                entry.array("matchContains").stream()
                        .flatMap(ArrayValue::strings)
                        .toList(),
                entry.array("matchScopes").stream()
                        .flatMap(ArrayValue::objects)
                        .map(ScopeRule::read)
                        .toList());
    }
}
