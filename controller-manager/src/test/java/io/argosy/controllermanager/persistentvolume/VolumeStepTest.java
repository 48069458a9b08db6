package io.argosy.controllermanager.persistentvolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeStepTest {

    private static final String OURS = ",\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\",\"uid\":\"u\"}";

    private static PersistentVolume volume(String more) {
        return ClaimPlannerTest.volume("v", "1Gi", more);
    }

    private static Optional<PersistentVolumeClaim> claim(String more) {
        return Optional.of(ClaimPlannerTest.claim("", more));
    }

    @Test
    void followsItsClaim() {
        assertEquals(new VolumeStep.Phase("Available"), VolumeStep.of(volume(""), Optional.empty()));
        assertEquals(
                new VolumeStep.Phase("Available"),
                VolumeStep.of(volume(",\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\"}"), Optional.empty()));
        assertEquals(new VolumeStep.Reclaim(), VolumeStep.of(volume(OURS), Optional.empty()));
        assertEquals(
                new VolumeStep.Reclaim(),
                VolumeStep.of(volume(OURS.replace("\"u\"", "\"older\"")), claim(",\"volumeName\":\"v\"")));
        assertEquals(new VolumeStep.WakeClaim(), VolumeStep.of(volume(OURS), claim("")));
        assertEquals(new VolumeStep.WrongMode(), VolumeStep.of(volume(OURS), claim(",\"volumeMode\":\"Block\"")));
        assertEquals(new VolumeStep.Phase("Bound"), VolumeStep.of(volume(OURS), claim(",\"volumeName\":\"v\"")));
        assertEquals(new VolumeStep.Free(), VolumeStep.of(volume(OURS), claim(",\"volumeName\":\"w\"")));
    }

    @Test
    void aVolumeThatWasMadeForAClaimGoesWhenTheClaimTookAnother() {
        PersistentVolume made = volume(OURS + ",\"persistentVolumeReclaimPolicy\":\"Delete\"");
        made.getMetadata().setAnnotations(java.util.Map.of("pv.kubernetes.io/provisioned-by", "p"));
        assertEquals(new VolumeStep.Reclaim(), VolumeStep.of(made, claim(",\"volumeName\":\"w\"")));
    }

    @Test
    void onlyFoldersAreRemovedHere() {
        assertInstanceOf(
                Reclaimer.Remover.Elsewhere.class,
                Reclaimer.remover(volume(",\"csi\":{\"driver\":\"d\",\"volumeHandle\":\"h\"}")));
        assertEquals(
                new Reclaimer.Remover.Folder("/tmp/x"),
                Reclaimer.remover(volume(",\"hostPath\":{\"path\":\"/tmp/x\"}")));
        assertInstanceOf(
                Reclaimer.Remover.None.class, Reclaimer.remover(volume(",\"nfs\":{\"server\":\"s\",\"path\":\"/\"}")));
    }

    @Test
    void foldersOutsideTheRootAreRefusedAndLinksNotFollowed(@TempDir Path root) throws IOException {
        Path kept = Files.createDirectories(root.resolve("kept"));
        Files.writeString(kept.resolve("f"), "x");
        Path inner = Files.createDirectories(root.resolve("root/a/b"));
        Files.createSymbolicLink(inner.resolve("link"), kept);
        HostPaths paths = new HostPaths(root.resolve("root"));
        assertThrows(IOException.class, () -> paths.delete(kept.toString()));
        assertThrows(
                IOException.class,
                () -> paths.delete(root.resolve("root/../kept").toString()));
        assertThrows(IOException.class, () -> paths.delete(root.resolve("root").toString()));
        paths.delete(root.resolve("root/a").toString());
        assertTrue(Files.exists(kept.resolve("f")));
        assertTrue(Files.notExists(root.resolve("root/a")));
    }

    @Test
    void theSizeIsTakenOverOnlyWhenTheClaimBecomesBound() {
        PersistentVolumeClaimStatus before = ObjectJson.read(
                "{\"phase\":\"Bound\",\"capacity\":{\"storage\":\"7Gi\"}}", PersistentVolumeClaimStatus.class);
        Optional<PersistentVolume> volume = Optional.of(volume(""));
        assertEquals(
                "7Gi",
                BinderActions.status(before, "Bound", volume)
                        .getCapacity()
                        .get("storage")
                        .toString());
        before.setPhase("Pending");
        assertEquals(
                "1Gi",
                BinderActions.status(before, "Bound", volume)
                        .getCapacity()
                        .get("storage")
                        .toString());
    }
}
