package io.argosy.apiserver.handler;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;

/** Makes the Table form of objects ({@code kubectl get}). */
public interface TablePrinter {

    /**
     * A {@code meta.k8s.io/v1} Table.
     *
     * @param objects in the version served
     * @param listMeta the metadata of the list, or of the single object's answer
     * @param includeObject {@code None}, {@code Metadata} or {@code Object}
     * @param headers whether column definitions are told
     */
    ObjectValue table(
            Served served, List<ObjectValue> objects, ObjectValue listMeta, String includeObject, boolean headers);
}
