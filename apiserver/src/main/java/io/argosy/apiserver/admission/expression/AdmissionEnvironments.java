package io.argosy.apiserver.admission.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.library.KubernetesTypes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What expressions of admission may name: object, oldObject, request, namespaceObject and, where they are, others. */
public final class AdmissionEnvironments {

    private static final Structs STRUCTS = new Structs();
    private static final Map<Names, Environment> KNOWN = new ConcurrentHashMap<>();
    private static final String VARIABLES = "kubernetes.variables";

    /** The variables that are not always there. */
    public record Names(boolean params, boolean authorizer) {}

    private AdmissionEnvironments() {}

    public static Environment of(Names names) {
        return KNOWN.computeIfAbsent(names, missing -> Environment.of(variables(missing), STRUCTS.all()));
    }

    /**
     * With the variables that a policy makes itself, as the fields of {@code variables}.
     *
     * @param patches expressions that make patches, or none
     */
    public static Environment composed(Names names, Map<String, CelType> made, Collection<String> patches) {
        Map<String, CelType> variables = variables(names);
        Map<String, StructType> types = new HashMap<>(STRUCTS.all());
        StructType composed = Structs.of(VARIABLES, made);
        variables.put("variables", composed);
        types.put(VARIABLES, composed);
        return patches.isEmpty() ? Environment.of(variables, types) : Environment.forPatches(variables, types, patches);
    }

    private static Map<String, CelType> variables(Names names) {
        Map<String, CelType> variables = new HashMap<>();
        variables.put("object", SimpleType.DYN);
        variables.put("oldObject", SimpleType.DYN);
        variables.put("request", STRUCTS.request);
        variables.put("namespaceObject", STRUCTS.namespace);
        if (names.params()) {
            variables.put("params", SimpleType.DYN);
        }
        if (names.authorizer()) {
            variables.put("authorizer", KubernetesTypes.AUTHORIZER);
            variables.put("authorizer.requestResource", KubernetesTypes.RESOURCE_CHECK);
        }
        return variables;
    }
}
