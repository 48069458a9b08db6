package io.argosy.apiserver.authz.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class BootstrapPolicyTest {

    private static final BootstrapPolicy POLICY = BootstrapPolicy.load();

    @Test
    void nodesMayNotBeGrantedByGroup() {
        ObjectValue binding = POLICY.clusterRoleBindings().stream()
                .filter(found -> found.string("metadata", "name").orElseThrow().equals("system:node"))
                .findFirst()
                .orElseThrow();
        assertTrue(binding.array("subjects").isEmpty());
    }

    @Test
    void namesAreUnique() {
        for (List<ObjectValue> objects :
                List.of(POLICY.clusterRoles(), POLICY.clusterRoleBindings(), POLICY.roles(), POLICY.roleBindings())) {
            assertEquals(objects.size(), byPlace(objects).size());
        }
    }

    /**
     * Compares with the published policy. The files
     * were taken from a distribution that adds rules of its own; those are left out, as the upstream server lacks them.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster-roles",
                "controller-roles",
                "cluster-role-bindings",
                "controller-role-bindings",
                "namespace-roles",
                "namespace-role-bindings"
            })
    void isWhatIsPublished(String file) throws IOException {
        Path folder = PublishedSpec.folder("rbac");
        Map<String, ObjectValue> ours = byPlace(
                List.of(POLICY.clusterRoles(), POLICY.clusterRoleBindings(), POLICY.roles(), POLICY.roleBindings())
                        .stream()
                        .flatMap(List::stream)
                        .toList());
        byPlace(read(folder.resolve(file + ".yaml"))).forEach((place, published) -> {
            published.object("metadata").orElseThrow().remove("creationTimestamp");
            published.fields().values().removeIf(value -> value.typeName().equals("null"));
            if (place.contains("service-ca-cert-publisher")) {
                return;
            }
            published
                    .array("rules")
                    .ifPresent(rules ->
                            rules.items().removeIf(rule -> rule.toString().contains("endpointslices/restricted")));
            ObjectValue found = ours.get(place);
            if (found == null) {
                throw new AssertionError("missing " + place);
            }
            assertEquals(published, found, place);
        });
    }

    private static Map<String, ObjectValue> byPlace(List<ObjectValue> objects) {
        return objects.stream()
                .collect(Collectors.toMap(
                        BootstrapPolicyTest::place, Function.identity(), (_, last) -> last, TreeMap::new));
    }

    private static String place(ObjectValue object) {
        return object.string("kind").orElseThrow() + " "
                + object.string("metadata", "namespace").orElse("") + "/"
                + object.string("metadata", "name").orElseThrow();
    }

    private static List<ObjectValue> read(Path file) throws IOException {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        ObjectValue list = (ObjectValue) tree(loaded);
        return list.array("items").orElseThrow().objects().toList();
    }

    private static Value tree(Object loaded) {
        return switch (loaded) {
            case null -> NullValue.NULL;
            case Map<?, ?> map -> {
                ObjectValue object = new ObjectValue();
                map.forEach((key, value) -> object.put(String.valueOf(key), tree(value)));
                yield object;
            }
            case List<?> list -> {
                ArrayValue array = new ArrayValue();
                list.forEach(item -> array.add(tree(item)));
                yield array;
            }
            default -> Value.of(String.valueOf(loaded));
        };
    }
}
