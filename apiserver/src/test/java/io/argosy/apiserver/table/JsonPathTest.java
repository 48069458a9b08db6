package io.argosy.apiserver.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonPathTest {

    private static final Value OBJECT = YamlReader.read("""
            metadata: {labels: {app.kubernetes.io/name: web}}
            spec: {replicas: 3, ports: [80, 81, 82], on: true}
            status:
              conditions:
              - {type: Ready, status: "True", age: 7}
              - {type: Synced, status: "False"}
            """.getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".spec.replicas | 3",
                "$.spec.replicas | 3",
                ".metadata.labels.app\\.kubernetes\\.io/name | web",
                ".metadata.labels['app.kubernetes.io/name'] | web",
                ".spec.ports[0] | 80",
                ".spec.ports[-1] | 82",
                ".spec.ports[1:] | 81 82",
                ".spec.ports[0:3:2] | 80 82",
                ".spec.ports[0,2] | 80 82",
                ".spec.ports[*] | 80 81 82",
                ".status.conditions[?(@.type==\"Ready\")].status | True",
                ".status.conditions[?(@.type!='Ready')].status | False",
                ".status.conditions[?(@.age>5)].type | Ready",
                ".status.conditions[?(@.age)].type | Ready",
                "..type | Ready Synced",
                ".spec.absent | ''",
                ".spec.ports[7] | ''",
            })
    void pathsLeadToValues(String path, String found) {
        assertEquals(
                found,
                JsonPath.parse(path).find(OBJECT).stream().map(CellPath::text).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {".spec[", "spec", ".spec.ports[x]", ".a[?(@.b==c)]", ".a[::0]"})
    void othersAreRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(path));
    }
}
