package io.argosy.apiserver.admission.serviceaccount;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.admission.Requests;
import io.argosy.apiserver.objects.MemoryObjects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceAccountPluginTest {

    @Test
    void mirrorPodsAreRefusedBeforeOtherPluginsSeeThem() {
        ServiceAccountPlugin plugin = new ServiceAccountPlugin(new MemoryObjects(), new Random(1));
        ApiException refused = assertThrows(
                ApiException.class,
                () -> plugin.mutate(new Requests()
                        .create(
                                "pods",
                                "Pod",
                                tree("{metadata: {name: p, annotations: {kubernetes.io/config.mirror: x}}, spec: "
                                        + "{serviceAccountName: default}}"))));
        assertEquals("pods \"p\" is forbidden: a mirror pod may not reference service accounts", refused.message());
    }
}
