package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.function.Function;

/** A named way to make cells, given its arguments. */
@FunctionalInterface
interface CellFunction {

    Cell cell(List<String> arguments);

    /** A function without arguments that gives a text and does not look at the clock. */
    static CellFunction text(Function<ObjectValue, String> of) {
        return _ -> (object, _) -> Value.of(of.apply(object));
    }
}
