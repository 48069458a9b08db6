package io.argosy.apiserver.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FieldIndexTest {

    private static final Layout LAYOUT = new JsonLayout(
            new GroupVersionKind("", "v1", "Pod"),
            Converter.RENAMING,
            UnaryOperator.identity(),
            new SelectableFields(new GroupResource("", "pods"), List.of("spec.nodeName")),
            new EncodingBudget(0),
            new Interner());

    @Test
    void holdsTheKeysOfEachValueInTheOrderOfTheStore() {
        for (int seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            FieldIndex index = new FieldIndex(0);
            TreeMap<String, ObjectImage> model = new TreeMap<>();
            for (int step = 1; step <= 2000; step++) {
                String namespace = random.nextBoolean() ? "a" : "a-b";
                ObjectKey key = new ObjectKey(namespace, "p" + random.nextInt(60));
                Optional<ObjectImage> before = Optional.ofNullable(model.get(KeyOrder.path(key)));
                if (random.nextInt(3) > 0) {
                    int node = random.nextInt(5);
                    ObjectImage image = new ObjectImage(
                            LAYOUT, key, step, Map.of(), new String[] {node == 0 ? "" : "node" + node}, new byte[0]);
                    index.add(image);
                    model.put(KeyOrder.path(key), image);
                    before.ifPresent(old -> index.remove(old, Optional.of(image)));
                } else {
                    model.remove(KeyOrder.path(key));
                    before.ifPresent(old -> index.remove(old, Optional.empty()));
                }
            }
            for (int node = 1; node < 5; node++) {
                String value = "node" + node;
                List<ObjectKey> expected = model.values().stream()
                        .filter(image -> image.fieldAt(0).equals(value))
                        .map(ObjectImage::key)
                        .toList();
                assertEquals(expected, index.with(value), "seed " + seed);
            }
            assertEquals(List.of(), index.with("node9"));
        }
    }
}
