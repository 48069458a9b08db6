package io.argosy.apiserver.table;

import java.util.HashMap;
import java.util.Map;

/** All cell functions by name; each class tells those of its subject. */
final class CellFunctions {

    private static final Map<String, CellFunction> BY_NAME = new HashMap<>();

    static {
        BY_NAME.putAll(CommonCells.functions());
        BY_NAME.putAll(PodCells.functions());
        BY_NAME.putAll(NodeCells.functions());
        BY_NAME.putAll(ServiceCells.functions());
        BY_NAME.putAll(EventCells.functions());
        BY_NAME.putAll(VolumeCells.functions());
        BY_NAME.putAll(JobCells.functions());
        BY_NAME.putAll(NetworkCells.functions());
        BY_NAME.putAll(AdmissionCells.functions());
        BY_NAME.putAll(AutoscalerCells.functions());
        BY_NAME.putAll(CertificateCells.functions());
        BY_NAME.putAll(DeviceCells.functions());
        BY_NAME.putAll(ServerCells.functions());
    }

    private CellFunctions() {}

    static CellFunction find(String name) {
        CellFunction found = BY_NAME.get(name);
        if (found == null) {
            throw new IllegalStateException("no cell function " + name);
        }
        return found;
    }
}
