package io.argosy.apiserver.registry.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStrategyTest {

    private static final StrategyContext CONTEXT =
            new StrategyContext("default", "sum", "", UserInfo.of("admin"), Instant.EPOCH);

    private static ObjectValue created(String json) {
        ObjectValue job = (ObjectValue) JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        new JobStrategy(Lifecycle.COUNTED, Validation.NONE).prepareForCreate(CONTEXT, job);
        return job;
    }

    @Test
    void aJobKnowsItsPodsByItsUid() {
        ObjectValue job = created("{\"metadata\":{\"name\":\"sum\",\"uid\":\"u1\"},\"spec\":{\"template\":{}}}");
        assertEquals(
                Optional.of("u1"), job.string("spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid"));
        ObjectValue labels =
                job.object("spec", "template", "metadata", "labels").orElseThrow();
        assertEquals(Optional.of("sum"), labels.string("job-name"));
        assertEquals(Optional.of("sum"), labels.string("batch.kubernetes.io/job-name"));
        assertEquals(Optional.of("u1"), labels.string("controller-uid"));
        assertEquals(Optional.of("u1"), labels.string("batch.kubernetes.io/controller-uid"));
    }

    @Test
    void aJobThatChoosesItsPodsIsLeftAlone() {
        ObjectValue job = created(
                "{\"metadata\":{\"name\":\"sum\",\"uid\":\"u1\"},\"spec\":{\"manualSelector\":true,\"template\":{}}}");
        assertTrue(job.at("spec", "selector").isEmpty());
    }
}
