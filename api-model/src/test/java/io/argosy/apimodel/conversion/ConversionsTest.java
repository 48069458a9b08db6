package io.argosy.apimodel.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConversionsTest {

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(
                        "Event",
                        "v1",
                        "{involvedObject: {name: p}, message: m, count: 2, reportingComponent: c, type: Normal}",
                        "events.k8s.io/v1",
                        "{regarding: {name: p}, note: m, deprecatedCount: 2, reportingController: c, type: Normal}"),
                Arguments.of(
                        "HorizontalPodAutoscaler",
                        "autoscaling/v2",
                        "{metadata: {}, spec: {metrics: [{type: Pods, pods: {metric: {name: m}, "
                                + "target: {type: AverageValue, averageValue: '10'}}}, {type: Resource, "
                                + "resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}], "
                                + "behavior: {scaleUp: {selectPolicy: Max}}}}",
                        "autoscaling/v1",
                        "{metadata: {annotations: {"
                                + "autoscaling.alpha.kubernetes.io/metrics: "
                                + "'[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"m\",\"targetAverageValue\":\"10\"}}]', "
                                + "autoscaling.alpha.kubernetes.io/behavior: "
                                + "'{\"ScaleUp\":{\"StabilizationWindowSeconds\":null,\"SelectPolicy\":\"Max\","
                                + "\"Policies\":null,\"Tolerance\":null},\"ScaleDown\":null}'}}, "
                                + "spec: {targetCPUUtilizationPercentage: 80}}"),
                Arguments.of(
                        "CustomResourceDefinition",
                        "apiextensions.k8s.io/v1",
                        "{spec: {conversion: {strategy: Webhook, webhook: {clientConfig: {url: u}, "
                                + "conversionReviewVersions: [v1]}}, versions: [{name: a, schema: {x: 1}, "
                                + "additionalPrinterColumns: [{name: c, jsonPath: .c}]}, {name: b, schema: {x: 1}}]}}",
                        "apiextensions.k8s.io/v1beta1",
                        "{spec: {version: a, preserveUnknownFields: false, validation: {x: 1}, "
                                + "conversion: {strategy: Webhook, webhookClientConfig: {url: u}, "
                                + "conversionReviewVersions: [v1]}, versions: [{name: a, "
                                + "additionalPrinterColumns: [{name: c, JSONPath: .c}]}, {name: b}]}}"),
                Arguments.of(
                        "ResourceClaim",
                        "resource.k8s.io/v1",
                        "{spec: {devices: {requests: [{name: a, exactly: {deviceClassName: c, count: 1}}]}}}",
                        "resource.k8s.io/v1beta1",
                        "{spec: {devices: {requests: [{name: a, deviceClassName: c, count: 1}]}}}"),
                Arguments.of(
                        "ResourceSlice",
                        "resource.k8s.io/v1",
                        "{spec: {devices: [{name: a, attributes: {x: {int: 1}}}]}}",
                        "resource.k8s.io/v1beta1",
                        "{spec: {devices: [{name: a, basic: {attributes: {x: {int: 1}}}}]}}"),
                Arguments.of(
                        "IPAddress", "networking.k8s.io/v1", "{spec: {}}", "networking.k8s.io/v1beta1", "{spec: {}}"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void versionsSayTheSame(String kind, String first, String firstObject, String second, String secondObject) {
        GroupVersionKind one = GroupVersion.parse(first).kind(kind);
        GroupVersionKind other = GroupVersion.parse(second).kind(kind);
        assertEquals(read(secondObject), Conversions.convert(read(firstObject), one, other));
        assertEquals(read(firstObject), Conversions.convert(read(secondObject), other, one));
    }

    private static ObjectValue read(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
