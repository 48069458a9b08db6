package io.argosy.controllermanager.persistentvolume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimPlannerTest {

    static PersistentVolume volume(String name, String size, String more) {
        return ObjectJson.read("""
                {"metadata":{"name":"%s","labels":{"disk":"%s"}},"status":{"phase":"Available"},
                 "spec":{"capacity":{"storage":"%s"},"accessModes":["ReadWriteOnce"]%s}}
                """.formatted(name, name, size, more), PersistentVolume.class);
    }

    static PersistentVolumeClaim claim(String annotations, String more) {
        return ObjectJson.read("""
                {"metadata":{"namespace":"n","name":"c","uid":"u","annotations":{%s}},"status":{"phase":"Pending"},
                 "spec":{"resources":{"requests":{"storage":"2Gi"}},"accessModes":["ReadWriteOnce"]%s}}
                """.formatted(annotations, more), PersistentVolumeClaim.class);
    }

    private static StorageClass storageClass(String name, String mode, boolean standard) {
        return ObjectJson.read("""
                {"metadata":{"name":"%s","annotations":{"storageclass.kubernetes.io/is-default-class":"%s"}},
                 "provisioner":"p","volumeBindingMode":"%s"}
                """.formatted(name, standard, mode), StorageClass.class);
    }

    private static final String BOUND = "\"pv.kubernetes.io/bind-completed\":\"yes\"";

    private static ClaimStep plan(
            PersistentVolumeClaim claim, List<StorageClass> classes, PersistentVolume... volumes) {
        return new ClaimPlanner(List.of(volumes), classes, List.of()).plan(claim);
    }

    private static String chosen(ClaimStep step) {
        return assertInstanceOf(ClaimStep.Bind.class, step)
                .volume()
                .getMetadata()
                .getName();
    }

    private static String reason(ClaimStep step) {
        return switch (step) {
            case ClaimStep.Wait(var news) -> news.map(ClaimStep.News::reason).orElse("");
            case ClaimStep.Lost(var news) -> news.reason();
            case ClaimStep.Broken(var news) -> "broken " + news.reason();
            case ClaimStep.Bind bind -> "bound " + bind.volume().getMetadata().getName();
            case ClaimStep.TakeClass take -> "class " + take.name();
            case ClaimStep.Provision() -> "provision";
        };
    }

    @Test
    void takesTheSmallestThatIsLargeEnough() {
        assertEquals(
                "b",
                chosen(plan(
                        claim("", ""),
                        List.of(),
                        volume("a", "1Gi", ""),
                        volume("c", "9Gi", ""),
                        volume("b", "3Gi", ""))));
    }

    @Test
    void aReservedVolumeComesFirstWhateverItsSize() {
        assertEquals(
                "big",
                chosen(plan(
                        claim("", ""),
                        List.of(),
                        volume("small", "2Gi", ""),
                        volume("big", "9Gi", ",\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\"}"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ,\"claimRef\":{\"namespace\":\"n\",\"name\":\"other\"} | FailedBinding",
                "'' | ,\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\",\"uid\":\"older\"} | FailedBinding",
                "'' | ,\"volumeMode\":\"Block\" | FailedBinding",
                "'' | ,\"storageClassName\":\"fast\" | FailedBinding",
                ",\"selector\":{\"matchLabels\":{\"disk\":\"x\"}} | '' | FailedBinding",
                ",\"selector\":{\"matchLabels\":{\"disk\":\"v\"}} | '' | bound v",
                ",\"storageClassName\":\"fast\" | ,\"storageClassName\":\"fast\" | bound v",
                ",\"storageClassName\":\"fast\" | '' | provision",
                ",\"volumeName\":\"v\" | '' | bound v",
                ",\"volumeName\":\"v\" | ,\"storageClassName\":\"fast\" | VolumeMismatch",
                ",\"volumeName\":\"v\" | ,\"claimRef\":{\"namespace\":\"n\",\"name\":\"other\"} | FailedBinding",
                ",\"volumeName\":\"gone\" | '' | ''",
            })
    void matches(String claim, String volume, String outcome) {
        assertEquals(outcome, reason(plan(claim("", claim), List.of(), volume("v", "2Gi", volume))));
    }

    @Test
    void waitsForItsPodUnlessANodeWasSelected() {
        List<StorageClass> late = List.of(storageClass("late", "WaitForFirstConsumer", false));
        String named = ",\"storageClassName\":\"late\"";
        PersistentVolume free = volume("v", "2Gi", ",\"storageClassName\":\"late\"");
        assertEquals("WaitForFirstConsumer", reason(plan(claim("", named), late, free)));
        assertEquals(
                "provision", reason(plan(claim("\"volume.kubernetes.io/selected-node\":\"a\"", named), late, free)));
        ClaimStep step = new ClaimPlanner(List.of(), late, List.of("p", "q")).plan(claim("", named));
        assertEquals(
                Optional.of(new ClaimStep.News(false, "WaitForPodScheduled", "waiting for pods p,q to be scheduled")),
                assertInstanceOf(ClaimStep.Wait.class, step).news());
    }

    @Test
    void whoNamesNoClassGetsTheDefaultOneWhenNothingFits() {
        List<StorageClass> classes =
                List.of(storageClass("slow", "Immediate", false), storageClass("std", "Immediate", true));
        assertEquals("class std", reason(plan(claim("", ""), classes)));
        assertEquals("FailedBinding", reason(plan(claim("", ",\"storageClassName\":\"\""), classes)));
    }

    @Test
    void aBoundClaimStaysOrIsLost() {
        String named = ",\"volumeName\":\"v\"";
        assertEquals("ClaimLost", reason(plan(claim(BOUND, ""), List.of())));
        assertEquals("ClaimLost", reason(plan(claim(BOUND, named), List.of())));
        assertEquals("bound v", reason(plan(claim(BOUND, named), List.of(), volume("v", "1Gi", ""))));
        assertEquals(
                "bound v",
                reason(plan(
                        claim(BOUND, named),
                        List.of(),
                        volume("v", "1Gi", ",\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\",\"uid\":\"u\"}"))));
        assertEquals(
                "ClaimMisbound",
                reason(plan(
                        claim(BOUND, named),
                        List.of(),
                        volume("v", "1Gi", ",\"claimRef\":{\"namespace\":\"n\",\"name\":\"c\",\"uid\":\"x\"}"))));
    }
}
