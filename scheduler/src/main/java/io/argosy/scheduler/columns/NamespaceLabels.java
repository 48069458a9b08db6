package io.argosy.scheduler.columns;

import java.util.Map;

/** The labels of namespaces; none for an unknown one. */
@FunctionalInterface
public interface NamespaceLabels {

    Map<String, String> labels(String namespace);
}
