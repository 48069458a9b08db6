package io.argosy.apiserver.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reasons and messages are those that Kubernetes writes. */
final class AvailabilityTest {

    private static final ServedApi.Service TARGET = new ServedApi.Service("default", "api", 7443);

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            | | ServiceNotFound: service/api in "default" is not present
            {spec: {ports: [{port: 443}]}} | | ServicePortError: service/api in "default" is not listening on port 7443
            {spec: {ports: [{port: 7443, name: a}]}} | | EndpointsNotFound: cannot find endpointslices for service/api in "default"
            {spec: {ports: [{port: 7443, name: a}]}} | {ports: [{name: b}], endpoints: [{addresses: [10.0.0.1]}]} | MissingEndpoints: endpointslices for service/api in "default" have no addresses with port name "a"
            {spec: {ports: [{port: 7443, name: a}]}} | {ports: [{name: a}], endpoints: [{addresses: [10.0.0.1], conditions: {ready: false}}]} | MissingEndpoints: endpointslices for service/api in "default" have no addresses with port name "a"
            {spec: {ports: [{port: 7443, name: a}]}} | {ports: [{name: a}], endpoints: [{addresses: [10.0.0.1]}]} | asked
            {spec: {type: ExternalName}} | | asked
            """)
    void whatIsMissingIsTold(String service, String slice, String expected) {
        Optional<Availability> found = Availability.ofService(
                TARGET,
                Optional.ofNullable(service).map(AvailabilityTest::yaml),
                slice == null ? List.of() : List.of(yaml(slice)));
        assertEquals(
                expected, found.map(it -> it.reason() + ": " + it.message()).orElse("asked"));
    }

    @Test
    void theTimeOfTheConditionChangesWithItsStatusOnly() {
        ObjectValue object = Availability.LOCAL.into(new ObjectValue(), "then");
        Availability.PASSED.into(object, "later");
        ObjectValue condition = ServedApi.condition(object).orElseThrow();
        assertEquals("then", condition.string("lastTransitionTime").orElseThrow());
        assertEquals("Passed", condition.string("reason").orElseThrow());
        Availability.failed("no").into(object, "now");
        assertEquals("now", condition.string("lastTransitionTime").orElseThrow());
        assertEquals(1, object.array("status", "conditions").orElseThrow().size());
    }
}
