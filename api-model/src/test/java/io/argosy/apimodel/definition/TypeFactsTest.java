package io.argosy.apimodel.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TypeFactsTest {

    @Test
    void listsTellHowTheyMerge() {
        FieldFacts ports = TypeFacts.of("io.k8s.api.core.v1.Container").field("ports");
        assertEquals(Optional.of(ListSchema.Type.MAP), ports.listType());
        assertEquals(List.of("containerPort", "protocol"), ports.mapKeys());
        assertEquals("containerPort", ports.mergeKey());
        FieldFacts finalizers =
                TypeFacts.of("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta").field("finalizers");
        assertTrue(finalizers.merges());
        assertEquals("", finalizers.mergeKey());
        assertEquals(Optional.of(ListSchema.Type.SET), finalizers.listType());
    }

    @Test
    void typesOfSeveralVersionsShareTheirFacts() {
        assertTrue(TypeFacts.of("io.k8s.api.resource.v1beta2.ResourceClaim")
                .field("spec")
                .struct());
        assertTrue(TypeFacts.of("io.k8s.api.resource.v1.ResourceClaim")
                .field("spec")
                .struct());
    }

    @Test
    void defaultsMayHangOnOtherFields() {
        FieldFacts.Defaulting rollingUpdate = TypeFacts.of("io.k8s.api.apps.v1.DeploymentStrategy")
                .field("rollingUpdate")
                .defaulting()
                .orElseThrow();
        assertEquals(Map.of("type", List.of("RollingUpdate")), rollingUpdate.when());
        assertFalse(rollingUpdate.zeroToo());
        FieldFacts protocol = TypeFacts.of("io.k8s.api.core.v1.ServicePort").field("protocol");
        assertEquals(Optional.of(Value.of("TCP")), protocol.published());
        assertTrue(protocol.defaulting().orElseThrow().zeroToo());
    }

    @Test
    void unionsNameTheirFields() {
        TypeFacts.Union union =
                TypeFacts.of("io.k8s.api.core.v1.SeccompProfile").union().orElseThrow();
        assertEquals(new TypeFacts.Union("type", List.of("localhostProfile")), union);
    }

    @Test
    void mostTypesNeedNone() {
        assertEquals(TypeFacts.NONE, TypeFacts.of("io.k8s.api.core.v1.NoSuchType"));
    }
}
