package io.argosy.apimodel.definition;

/** Whether objects live in a namespace. */
public enum Scope {
    CLUSTER,
    NAMESPACED
}
