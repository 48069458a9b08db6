package io.argosy.apimodel.generator;

import java.util.Set;

/** Types whose JSON is not an object with their fields: the reader of the resource file knows them by name. */
final class SpecialTypes {

    static final Set<String> NAMES = Set.of(
            "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
            "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
            "io.k8s.apimachinery.pkg.apis.meta.v1.Timestamp",
            "io.k8s.apimachinery.pkg.apis.meta.v1.Duration",
            "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray",
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool",
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray");

    private SpecialTypes() {}
}
