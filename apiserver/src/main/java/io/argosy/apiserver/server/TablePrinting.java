package io.argosy.apiserver.server;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.handler.Served;
import io.argosy.apiserver.handler.TablePrinter;
import io.argosy.apiserver.table.TableOptions;
import io.argosy.apiserver.table.TableWriter;
import java.util.List;
import java.util.Locale;

/** Tables by the columns of the definitions. */
final class TablePrinting implements TablePrinter {

    private final TableWriter writer;

    TablePrinting(TableWriter writer) {
        this.writer = writer;
    }

    @Override
    public ObjectValue table(
            Served served, List<ObjectValue> objects, ObjectValue listMeta, String includeObject, boolean headers) {
        TableOptions options =
                new TableOptions(TableOptions.IncludeObject.valueOf(includeObject.toUpperCase(Locale.ROOT)), headers);
        return writer.table(served.definition(), served.version(), objects, listMeta, options);
    }
}
