package io.argosy.apiserver.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.ColumnDefinition;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cells that a Kubernetes v1.36 server shows for the same objects. */
final class TableWriterTest {

    private static final Definitions DEFINITIONS = BuiltIns.definitions(_ -> true);
    private static final TableWriter WRITER =
            new TableWriter(InstantSource.fixed(Instant.parse("2026-01-01T01:00:00Z")));
    private static final String CREATED = "metadata: {name: x, creationTimestamp: \"2026-01-01T00:00:00Z\"}\n";

    static Stream<Arguments> objects() {
        return Stream.of(
                Arguments.of("pods", """
                        spec: {containers: [{name: a}, {name: b}], initContainers: [{name: s, restartPolicy: Always}]}
                        status:
                          phase: Running
                          podIPs: [{ip: 10.1.1.1}]
                          initContainerStatuses:
                          - name: s
                            ready: true
                            started: true
                            restartCount: 1
                            lastState: {terminated: {finishedAt: "2026-01-01T00:30:00Z"}}
                          containerStatuses:
                          - {name: a, ready: true, restartCount: 4, state: {running: {}}}
                          - {name: b, restartCount: 0, state: {waiting: {reason: CrashLoopBackOff}}}
                        """, "x|2/3|CrashLoopBackOff|5 (30m ago)|60m|10.1.1.1|<none>|<none>|<none>"),
                Arguments.of("pods", """
                        spec: {containers: [{name: a}], initContainers: [{name: i}, {name: j}], nodeName: "n"}
                        status:
                          phase: Pending
                          initContainerStatuses:
                          - {name: i, restartCount: 0, state: {terminated: {exitCode: 0}}}
                          - {name: j, restartCount: 2, state: {terminated: {exitCode: 3}}}
                        """, "x|0/1|Init:ExitCode:3|2|60m|<none>|n|<none>|<none>"),
                Arguments.of("services", """
                        spec:
                          type: LoadBalancer
                          clusterIPs: [10.0.0.1]
                          ports: [{port: 80, nodePort: 30080, protocol: TCP}, {port: 53, protocol: UDP}]
                          selector: {b: c, a: b}
                        """, "x|LoadBalancer|10.0.0.1|<pending>|80:30080/TCP,53/UDP|60m|a=b,b=c"),
                Arguments.of(
                        "nodes",
                        """
                        spec: {unschedulable: true}
                        status:
                          conditions: [{type: Ready, status: "True"}]
                          nodeInfo: {kubeletVersion: v1.36.0, kernelVersion: "6", architecture: amd64}
                        """,
                        "x|Ready,SchedulingDisabled|<none>|60m|v1.36.0|<none>|<none>|<unknown>|6 (amd64)|<unknown>"),
                Arguments.of("deployments.apps", """
                        spec:
                          replicas: 3
                          selector: {matchLabels: {a: b}}
                          template: {spec: {containers: [{name: a, image: x}, {name: b, image: "y"}]}}
                        status: {readyReplicas: 2, updatedReplicas: 3}
                        """, "x|2/3|3|0|60m|a,b|x,y|a=b"),
                Arguments.of(
                        "jobs.batch",
                        "status: {startTime: \"2026-01-01T00:58:00Z\", succeeded: 1}",
                        "x|Running|1/1|2m|60m|||<none>"),
                Arguments.of("events", """
                        involvedObject: {kind: Pod, name: p}
                        source: {component: kubelet, host: "n"}
                        firstTimestamp: "2026-01-01T00:00:00Z"
                        lastTimestamp: "2026-01-01T00:59:00Z"
                        message: " hello "
                        type: Normal
                        reason: Foo
                        count: 3
                        """, "60s|Normal|Foo|pod/p||kubelet, n|hello|60m|3|x"),
                Arguments.of(
                        "persistentvolumeclaims",
                        "{spec: {volumeName: v}, status: {phase: Bound, capacity: {storage: 1Gi}, "
                                + "accessModes: [ReadWriteMany, ReadWriteOnce]}}",
                        "x|Bound|v|1Gi|RWO,RWX||<unset>|60m|<unset>"));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void cellsTellWhatMatters(String resource, String yaml, String cells) {
        assertEquals(cells, cells(table(resource, (yaml.startsWith("{") ? mapping(yaml) : CREATED + yaml))));
    }

    private static String mapping(String flow) {
        return "{metadata: {name: x, creationTimestamp: \"2026-01-01T00:00:00Z\"}, " + flow.substring(1);
    }

    @Test
    void everyColumnOfEveryResourceHasItsFunction() {
        for (ResourceDefinition resource : DEFINITIONS.all()) {
            for (VersionDefinition version : resource.versions()) {
                ObjectValue table = WRITER.single(resource, version, new ObjectValue(), TableOptions.STANDARD);
                assertTrue(table.array("rows").orElseThrow().size() == 1, resource.toString());
            }
        }
    }

    @Test
    void finishedPodsAreMarked() {
        ObjectValue table = table("pods", CREATED + "status: {phase: Succeeded}");
        ObjectValue condition = row(table)
                .array("conditions")
                .orElseThrow()
                .objects()
                .findFirst()
                .orElseThrow();
        assertEquals("Completed", condition.string("type").orElseThrow());
    }

    @Test
    void rowsCarryTheMetadataOrTheObjectOrNothing() {
        ResourceDefinition pods =
                DEFINITIONS.find(new GroupResource("", "pods")).orElseThrow();
        VersionDefinition version = pods.version("v1").orElseThrow();
        ObjectValue pod = read(CREATED + "spec: {nodeName: \"n\"}");
        ObjectValue bare = WRITER.single(pods, version, pod, new TableOptions(TableOptions.IncludeObject.NONE, false));
        assertEquals(NullValue.NULL, row(bare).at("object").orElseThrow());
        assertEquals(NullValue.NULL, bare.at("columnDefinitions").orElseThrow());
        ObjectValue whole =
                WRITER.single(pods, version, pod, new TableOptions(TableOptions.IncludeObject.OBJECT, true));
        assertEquals("n", row(whole).string("object", "spec", "nodeName").orElseThrow());
        assertEquals("Pod", row(whole).string("object", "kind").orElseThrow());
        ObjectValue standard = WRITER.single(pods, version, pod, TableOptions.STANDARD);
        assertEquals(
                "PartialObjectMetadata", row(standard).string("object", "kind").orElseThrow());
    }

    @Test
    void customResourcesHaveTheColumnsOfTheirDefinition() {
        ResourceDefinition pods =
                DEFINITIONS.find(new GroupResource("", "pods")).orElseThrow();
        VersionDefinition version = pods.version("v1").orElseThrow();
        VersionDefinition custom = new VersionDefinition(
                "v1",
                true,
                version.schema(),
                version.verbs(),
                version.subresources(),
                List.of(
                        new ColumnDefinition("Size", "integer", "", "", 0, ".spec.size"),
                        new ColumnDefinition("Made", "date", "", "", 0, ".spec.made"),
                        new ColumnDefinition("Parts", "string", "", "", 0, ".spec.parts")),
                List.of(),
                version.deprecationWarning());
        ResourceDefinition widgets = new ResourceDefinition(
                "example.com", pods.names(), pods.scope(), List.of(custom), "v1", "example.com/widgets", false);
        ObjectValue table = WRITER.single(
                widgets,
                custom,
                read("{metadata: {name: w}, spec: {size: 3, made: \"2026-01-01T00:00:00Z\", parts: [a, 1]}}"),
                TableOptions.STANDARD);
        assertEquals("w|3|60m|[\"a\",1]", cells(table));
    }

    private static ObjectValue table(String resource, String yaml) {
        String[] parts = resource.split("\\.", 2);
        ResourceDefinition definition = DEFINITIONS
                .find(new GroupResource(parts.length > 1 ? parts[1] : "", parts[0]))
                .orElseThrow();
        return WRITER.single(definition, definition.versions().getFirst(), read(yaml), TableOptions.STANDARD);
    }

    private static ObjectValue row(ObjectValue table) {
        return table.array("rows").orElseThrow().objects().findFirst().orElseThrow();
    }

    private static String cells(ObjectValue table) {
        return StreamSupport.stream(row(table).array("cells").orElseThrow().spliterator(), false)
                .map(CellPath::text)
                .collect(Collectors.joining("|"));
    }

    private static ObjectValue read(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
