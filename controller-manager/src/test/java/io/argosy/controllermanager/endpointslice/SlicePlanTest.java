package io.argosy.controllermanager.endpointslice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlicePlanTest {

    private static final int MOST = 100;
    private static final EndpointPort HTTP = new EndpointPortBuilder()
            .withName("http")
            .withProtocol("TCP")
            .withPort(80)
            .build();
    private static final EndpointPort OTHER = new EndpointPortBuilder()
            .withName("http")
            .withProtocol("TCP")
            .withPort(81)
            .build();

    private static EndpointSlice slice(String name, List<EndpointPort> ports, List<Endpoint> endpoints) {
        return new EndpointSliceBuilder()
                .withAddressType("IPv4")
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withPorts(ports)
                .withEndpoints(endpoints)
                .build();
    }

    private static Endpoint endpoint(String address) {
        return new EndpointBuilder().withAddresses(address).build();
    }

    private static final EndpointSlice TEMPLATE = slice("", List.of(), List.of());

    @Test
    void theEmptySliceBecomesTheFirstOneWithEndpoints() {
        EndpointSlice empty = slice("web-1", List.of(), List.of());
        SlicePlan plan =
                SlicePlan.of(TEMPLATE, Map.of(List.of(HTTP), List.of(endpoint("10.0.0.1"))), List.of(empty), MOST);
        assertEquals(List.of(), plan.create());
        assertEquals(List.of(), plan.delete());
        EndpointSlice became = plan.update().getFirst();
        assertEquals("web-1", became.getMetadata().getName());
        assertEquals(List.of(HTTP), became.getPorts());
        assertEquals(List.of(endpoint("10.0.0.1")), became.getEndpoints());
    }

    @Test
    void theLastSliceBecomesTheEmptyOne() {
        EndpointSlice full = slice("web-1", List.of(HTTP), List.of(endpoint("10.0.0.1")));
        SlicePlan plan = SlicePlan.of(TEMPLATE, Map.of(), List.of(full), MOST);
        assertEquals(List.of(), plan.create());
        assertEquals(List.of(), plan.delete());
        assertEquals(List.of(), plan.update().getFirst().getPorts());
        assertEquals(List.of(), plan.update().getFirst().getEndpoints());
    }

    @Test
    void whatIsLeftOverGoes() {
        EndpointSlice first = slice("web-1", List.of(OTHER), List.of(endpoint("10.0.0.1")));
        EndpointSlice second = slice("web-2", List.of(OTHER), List.of(endpoint("10.0.0.2")));
        SlicePlan plan = SlicePlan.of(
                TEMPLATE, Map.of(List.of(HTTP), List.of(endpoint("10.0.0.1"))), List.of(first, second), MOST);
        assertEquals(List.of(), plan.create());
        assertEquals(1, plan.update().size());
        assertEquals(List.of(second), plan.delete());
    }

    @Test
    void whatIsAsItShouldBeStays() {
        EndpointSlice full = slice("web-1", List.of(HTTP), List.of(endpoint("10.0.0.1")));
        SlicePlan plan =
                SlicePlan.of(TEMPLATE, Map.of(List.of(HTTP), List.of(endpoint("10.0.0.1"))), List.of(full), MOST);
        assertEquals(new SlicePlan(List.of(), List.of(), List.of()), plan);
    }
}
