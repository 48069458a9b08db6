package io.argosy.apiserver.cel.library;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import java.util.Map;

/** Types whose values only functions look into. */
public final class KubernetesTypes {

    public static final CelType AUTHORIZER = OpaqueType.create("kubernetes.authorization.Authorizer");
    public static final CelType RESOURCE_CHECK = OpaqueType.create("kubernetes.authorization.ResourceCheck");
    static final CelType PATH_CHECK = OpaqueType.create("kubernetes.authorization.PathCheck");
    static final CelType GROUP_CHECK = OpaqueType.create("kubernetes.authorization.GroupCheck");
    static final CelType DECISION = OpaqueType.create("kubernetes.authorization.Decision");
    static final CelType IP = OpaqueType.create("net.IP");
    static final CelType CIDR = OpaqueType.create("net.CIDR");
    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
    static final CelType URL = OpaqueType.create("kubernetes.URL");
    static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");

    private static final Map<String, Class<?>> CLASSES = Map.ofEntries(
            Map.entry(AUTHORIZER.name(), AccessCheck.Subject.class),
            Map.entry(RESOURCE_CHECK.name(), AccessCheck.OfResource.class),
            Map.entry(PATH_CHECK.name(), AccessCheck.OfPath.class),
            Map.entry(GROUP_CHECK.name(), AccessCheck.OfGroup.class),
            Map.entry(DECISION.name(), AccessCheck.Verdict.class),
            Map.entry(IP.name(), Address.class),
            Map.entry(CIDR.name(), Network.class),
            Map.entry(QUANTITY.name(), QuantityFunctions.Amount.class),
            Map.entry(SEMVER.name(), Semver.class),
            Map.entry(URL.name(), Url.class),
            Map.entry(FORMAT.name(), NamedFormat.class));

    private KubernetesTypes() {}

    /** The class of a type's values; any, for a type of this package's that is none. */
    static Class<?> javaClass(CelType type) {
        return CLASSES.getOrDefault(type.name(), Object.class);
    }
}
