package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quota.ScopeRule;
import java.util.List;

/**
 * A resource that may be used only where a quota allows it: an entry of a ResourceQuotaConfiguration.
 *
 * @param contains parts of names: whoever uses something of such a name needs a quota that limits it
 * @param scopes whoever is in such a scope needs a quota of the scope
 */
record LimitedResource(GroupResource resource, List<String> contains, List<ScopeRule> scopes) {

    public LimitedResource {
        contains = List.copyOf(contains);
        scopes = List.copyOf(scopes);
    }
}
