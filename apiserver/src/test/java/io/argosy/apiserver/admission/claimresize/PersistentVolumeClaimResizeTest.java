package io.argosy.apiserver.admission.claimresize;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.admission.Requests;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersistentVolumeClaimResizeTest {

    private static final String CLAIM =
            "{metadata: {name: c}, spec: {storageClassName: '%s', resources: {requests: {storage: %s}}},"
                    + " status: {phase: %s}}";

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "grows,1Gi,2Gi,Bound,''",
                "fixed,2Gi,2Gi,Pending,''",
                "fixed,2Gi,1Gi,Bound,''",
                "grows,1Gi,2Gi,Pending,'Only bound persistent volume claims can be expanded'",
                "fixed,1Gi,2Gi,Bound,'only dynamically provisioned pvc can be resized and the storageclass that "
                        + "provisions the pvc must support resize'",
                "'',1Gi,2Gi,Bound,'only dynamically provisioned pvc can be resized and the storageclass that "
                        + "provisions the pvc must support resize'",
            })
    void claimsGrowWhenTheyAreBoundAndTheirClassAllowsIt(
            String storageClass, String before, String after, String phase, String why) {
        MemoryObjects objects = new MemoryObjects();
        objects.create(Resources.STORAGE_CLASSES, tree("{metadata: {name: grows}, allowVolumeExpansion: true}"));
        objects.create(Resources.STORAGE_CLASSES, tree("{metadata: {name: fixed}}"));
        String answer = "";
        try {
            new PersistentVolumeClaimResize(objects)
                    .validate(new Requests()
                            .update(
                                    "persistentvolumeclaims",
                                    "PersistentVolumeClaim",
                                    tree(CLAIM.formatted(storageClass, after, phase)),
                                    tree(CLAIM.formatted(storageClass, before, phase))));
        } catch (ApiException e) {
            answer = e.message().replace("persistentvolumeclaims \"c\" is forbidden: ", "");
        }
        assertEquals(why, answer);
    }
}
