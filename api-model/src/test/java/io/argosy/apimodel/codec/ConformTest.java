package io.argosy.apimodel.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of kube-apiserver v1.36.2 to the same documents. */
final class ConformTest {

    private static final ObjectSchema POD = Types.byName("io.k8s.api.core.v1.Pod");

    private static String conform(String json, ParseNotes notes) {
        ObjectValue tree = (ObjectValue) JsonReader.read(json.getBytes(StandardCharsets.UTF_8), notes);
        return new String(JsonWriter.write(Conform.conform(tree, POD, notes)), StandardCharsets.UTF_8);
    }

    @Test
    void addsWhatIsAlwaysWrittenAndDropsZeros() {
        assertEquals(
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{},\"spec\":{\"containers\":null},\"status\":{}}",
                conform(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"\",\"labels\":{},\"generation\":0},"
                                + "\"spec\":{\"hostNetwork\":false,\"nodeName\":null}}",
                        new ParseNotes()));
    }

    @Test
    void keepsZerosThatSaySomething() {
        assertEquals(
                "{\"metadata\":{},\"spec\":{\"containers\":[{\"name\":\"\",\"resources\":{\"limits\":{\"cpu\":\"500m\","
                        + "\"memory\":\"1Gi\"}}}],\"terminationGracePeriodSeconds\":0,\"automountServiceAccountToken\":false,"
                        + "\"securityContext\":{}},\"status\":{}}",
                conform(
                        "{\"spec\":{\"terminationGracePeriodSeconds\":0,\"securityContext\":{},"
                                + "\"automountServiceAccountToken\":false,\"containers\":[{\"resources\":{\"limits\":"
                                + "{\"memory\":\"1024Mi\",\"cpu\":0.5}}}]}}",
                        new ParseNotes()));
    }

    @Test
    void notesStandInTheOrderOfTheDocument() {
        ParseNotes notes = new ParseNotes();
        conform(
                "{\"foo\":{\"a\":1,\"a\":2},\"spec\":{\"nodeName\":\"a\",\"nodeName\":\"b\",\"containers\":[{\"bar\":1}]},"
                        + "\"spec2\":1,\"metadata\":{\"name\":\"x\",\"name\":\"y\"}}",
                notes);
        assertEquals(
                List.of(
                        "unknown field \"foo\"",
                        "duplicate field \"spec.nodeName\"",
                        "unknown field \"spec.containers[0].bar\"",
                        "unknown field \"spec2\"",
                        "duplicate field \"metadata.name\""),
                notes.texts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"spec\":5}|json: cannot unmarshal number into Go struct field Pod.spec of type v1.PodSpec",
                "{\"metadata\":{\"labels\":{\"a\":1}}}|json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string",
                "{\"metadata\":{\"labels\":[]}}|json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
                "{\"metadata\":{\"generation\":1.5}}|json: cannot unmarshal number 1.5 into Go struct field ObjectMeta.metadata.generation of type int64",
                "{\"spec\":{\"containers\":{}}}|json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container",
                "{\"spec\":{\"volumes\":[{\"emptyDir\":5}]}}|json: cannot unmarshal number into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource",
                "{\"spec\":{\"priority\":3000000000}}|json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32",
                "{\"spec\":{\"overhead\":{\"cpu\":\"x\"}}}|quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                "{\"metadata\":{\"creationTimestamp\":\"x\"}}|parsing time \"x\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\"",
                "{\"metadata\":{\"creationTimestamp\":\"2020-13-01T00:00:00Z\"}}|parsing time \"2020-13-01T00:00:00Z\": month out of range",
                "{\"metadata\":{\"creationTimestamp\":5}}|json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string"
            })
    void saysWhatIsWrong(String json, String message) {
        ApiException error = assertThrows(ApiException.class, () -> conform(json, new ParseNotes()));
        assertEquals(400, error.code());
        assertEquals(message, error.message());
    }

    @Test
    void depthIsBounded() {
        String deep =
                "{\"metadata\":{\"managedFields\":[{\"fieldsV1\":" + "[".repeat(9_000) + "]".repeat(9_000) + "}]}}";
        assertThrows(ApiException.class, () -> conform(deep, new ParseNotes()));
        String unknown = "{\"x\":" + "[".repeat(9_000) + "]".repeat(9_000) + "}";
        assertEquals(
                "{\"metadata\":{},\"spec\":{\"containers\":null},\"status\":{}}", conform(unknown, new ParseNotes()));
    }
}
