package io.argosy.controllermanager.garbage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.controllermanager.garbage.Verdict.Looked;
import io.argosy.controllermanager.garbage.Verdict.OwnerState;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static Looked owner(String uid, OwnerState state) {
        return new Looked(new OwnerReferenceBuilder().withUid(uid).build(), state);
    }

    @Test
    void anObjectWithoutOwnersStays() {
        assertEquals(new Verdict.Keep(), Verdict.of(List.of(), List.of(), false, false));
        assertEquals(new Verdict.Keep(), Verdict.of(List.of(owner("a", OwnerState.SOLID)), List.of(), false, false));
    }

    @Test
    void oneSolidOwnerKeepsItAndTheOthersAreDropped() {
        List<Looked> owners = List.of(
                owner("a", OwnerState.SOLID),
                owner("b", OwnerState.DANGLING),
                owner("c", OwnerState.WAITING_FOR_DEPENDENTS));
        assertEquals(new Verdict.DropOwners(List.of("b", "c")), Verdict.of(owners, List.of(), false, false));
    }

    @Test
    void nobodysObjectGoesAsItsFinalizersSay() {
        List<Looked> gone = List.of(owner("a", OwnerState.DANGLING));
        assertEquals(new Verdict.Delete("Background", false), Verdict.of(gone, List.of(), false, false));
        assertEquals(new Verdict.Delete("Orphan", false), Verdict.of(gone, List.of("orphan"), false, false));
        assertEquals(
                new Verdict.Delete("Foreground", false), Verdict.of(gone, List.of("foregroundDeletion"), false, false));
    }

    @Test
    void whatHoldsUpAForegroundDeletionGoesWithItsOwnDependents() {
        List<Looked> waiting = List.of(owner("a", OwnerState.WAITING_FOR_DEPENDENTS));
        assertEquals(new Verdict.Delete("Foreground", false), Verdict.of(waiting, List.of(), true, false));
        assertEquals(new Verdict.Delete("Foreground", true), Verdict.of(waiting, List.of(), true, true));
        assertEquals(new Verdict.Delete("Background", false), Verdict.of(waiting, List.of(), false, false));
    }
}
