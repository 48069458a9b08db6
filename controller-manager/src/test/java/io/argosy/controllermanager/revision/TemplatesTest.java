package io.argosy.controllermanager.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final PodTemplateSpec TEMPLATE = ObjectJson.read("""
            {"spec":{"restartPolicy":"Always","containers":[{"name":"c","image":"i","resources":{}}],
             "securityContext":{}},"metadata":{"labels":{"b":"1","a":"2"}}}
            """, PodTemplateSpec.class);

    @Test
    void bytesAreThoseOfASortedPatch() {
        assertEquals(
                "{\"spec\":{\"template\":{\"$patch\":\"replace\",\"metadata\":{\"labels\":{\"a\":\"2\",\"b\":\"1\"}},"
                        + "\"spec\":{\"containers\":[{\"image\":\"i\",\"name\":\"c\",\"resources\":{}}],"
                        + "\"restartPolicy\":\"Always\",\"securityContext\":{}}}}}",
                ObjectJson.writeString(Templates.data(TEMPLATE)));
    }

    @Test
    void aRevisionGivesItsTemplateBack() {
        ControllerRevision revision = new ControllerRevision();
        revision.setData(Templates.data(TEMPLATE));
        assertEquals(TEMPLATE, Templates.of(revision).orElseThrow());
    }
}
