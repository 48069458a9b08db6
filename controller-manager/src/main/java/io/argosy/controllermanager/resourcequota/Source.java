package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;

/** The objects of one resource. */
interface Source {

    /** Whether the first list is complete. */
    boolean hasSynced();

    /** Objects of resources that are only counted may be empty; all namespaces when it is empty. */
    List<ObjectValue> list(String namespace);
}
