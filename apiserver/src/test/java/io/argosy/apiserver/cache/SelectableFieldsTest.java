package io.argosy.apiserver.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectableFieldsTest {

    private final Interner interner = new Interner();

    @Test
    void absentValuesReadAsTheirZero() {
        SelectableFields nodes = new SelectableFields(
                new GroupResource("", "nodes"), List.of("metadata.name", "spec.unschedulable", "spec.other"));
        assertArrayEquals(new String[] {"false", ""}, nodes.read(new ObjectValue(), interner));
        ObjectValue node = new ObjectValue().put("spec", new ObjectValue().put("unschedulable", true));
        assertArrayEquals(new String[] {"true", ""}, nodes.read(node, interner));
        assertEquals(SelectableFields.NAME, nodes.place("metadata.name"));
        assertFalse(nodes.has("spec.third"));
        assertThrows(IllegalArgumentException.class, () -> nodes.place("spec.third"));
    }

    @Test
    void eventsAreSelectedByTheNamesOfBothGroups() {
        SelectableFields events = new SelectableFields(
                new GroupResource("", "events"), List.of("involvedObject.name", "source", "reportingComponent"));
        assertTrue(events.has("regarding.name"));
        assertEquals(events.place("involvedObject.name"), events.place("regarding.name"));
        assertEquals(events.place("reportingComponent"), events.place("reportingController"));
        ObjectValue event = new ObjectValue()
                .put("involvedObject", new ObjectValue().put("name", "p"))
                .put("reportingComponent", "c");
        assertArrayEquals(new String[] {"p", "c", "c"}, events.read(event, interner));
        assertFalse(new SelectableFields(new GroupResource("", "pods"), List.of("involvedObject.name"))
                .has("regarding.name"));
    }
}
