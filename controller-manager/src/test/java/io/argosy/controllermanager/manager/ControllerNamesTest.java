package io.argosy.controllermanager.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ControllerNamesTest {

    @Test
    void everyNameIsBuiltOrSaidToBeMissing() {
        Set<String> known = new TreeSet<>(ControllerNames.ALL);
        Set<String> accounted = new TreeSet<>(ControllerList.names());
        accounted.addAll(ControllerNames.MISSING);
        accounted.addAll(ControllerNames.IN_CLOUD);
        assertEquals(known, accounted);
        assertEquals(
                known.size(),
                ControllerList.names().size() + ControllerNames.MISSING.size() + ControllerNames.IN_CLOUD.size());
        assertTrue(known.containsAll(ControllerNames.ALIASES.values()));
    }

    @Test
    void switchesByNameAndOldName() {
        assertTrue(ControllerNames.isEnabled("endpoints-controller", List.of("endpoint")));
        assertTrue(!ControllerNames.isEnabled("endpoints-controller", List.of("*", "-endpoint")));
        assertTrue(ControllerNames.isEnabled("endpoints-controller", List.of("*")));
        assertTrue(!ControllerNames.isEnabled("token-cleaner-controller", List.of("*")));
        assertTrue(ControllerNames.isEnabled("token-cleaner-controller", List.of("*", "tokencleaner")));
    }

    @Test
    void whatIsNotBuiltIsRefusedOnlyByName() {
        assertEquals(List.of(), ControllerNames.askedButMissing(List.of("*", "-resource-claim-controller")));
        assertEquals(
                List.of("resourceclaim-controller"),
                ControllerNames.askedButMissing(List.of("*", "resource-claim-controller")));
        assertEquals(List.of("x"), ManagerFlags.unknown(List.of("*", "-x", "svm"), ControllerNames.ALL));
    }
}
