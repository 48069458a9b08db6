package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.time.Instant;

/** What stands in one column, of an object and the present. */
@FunctionalInterface
interface Cell {

    Value of(ObjectValue object, Instant now);
}
