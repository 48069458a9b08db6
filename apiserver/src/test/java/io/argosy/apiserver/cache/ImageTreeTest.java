package io.argosy.apiserver.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ImageTreeTest {

    private static final Layout LAYOUT = new JsonLayout(
            new GroupVersionKind("g", "v", "K"),
            Converter.RENAMING,
            UnaryOperator.identity(),
            new SelectableFields(new GroupResource("g", "ks"), List.of()),
            new EncodingBudget(0),
            new Interner());

    @Test
    void holdsWhatASortedMapHoldsAfterAnyChanges() {
        for (int seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            TreeMap<String, Long> model = new TreeMap<>();
            ImageTree tree = ImageTree.EMPTY;
            List<ImageTree> kept = new ArrayList<>();
            List<TreeMap<String, Long>> keptModels = new ArrayList<>();
            int names = 50 + random.nextInt(2000);
            for (int step = 1; step <= 4000; step++) {
                String namespace = "ns" + random.nextInt(3) + (random.nextBoolean() ? "-x" : "");
                ObjectKey key = new ObjectKey(namespace, "n" + random.nextInt(names));
                boolean growing = step % 2000 < 1200;
                if (random.nextInt(10) < (growing ? 8 : 1)) {
                    tree = tree.with(image(key, step));
                    model.put(KeyOrder.path(key), (long) step);
                } else {
                    tree = tree.without(key);
                    model.remove(KeyOrder.path(key));
                }
                if (step % 500 == 0) {
                    kept.add(tree);
                    keptModels.add(new TreeMap<>(model));
                }
            }
            for (int i = 0; i < kept.size(); i++) {
                assertSame(keptModels.get(i), kept.get(i), "seed " + seed + " snapshot " + i);
            }
        }
    }

    @Test
    void growsInOrderAndShrinksToNothing() {
        ImageTree tree = ImageTree.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            tree = tree.with(image(key(i), i + 1));
        }
        assertEquals(10_000, tree.size());
        assertEquals(5_000, tree.rank(key(5_000)));
        for (int i = 0; i < 10_000; i++) {
            tree = tree.without(key(i));
        }
        assertEquals(0, tree.size());
        assertFalse(tree.all().hasNext());
    }

    private static ObjectKey key(int number) {
        return new ObjectKey("a", Integer.toString(100_000 + number));
    }

    private static void assertSame(NavigableMap<String, Long> model, ImageTree tree, String what) {
        assertEquals(model.size(), tree.size(), what);
        ImageTree.Images images = tree.all();
        int rank = 0;
        for (Map.Entry<String, Long> entry : model.entrySet()) {
            ObjectImage image = images.next();
            assertEquals(entry.getKey(), KeyOrder.path(image.key()), what);
            assertEquals(entry.getValue(), image.revision(), what);
            assertEquals(rank++, tree.rank(image.key()), what);
            assertEquals(image, tree.get(image.key()).orElseThrow(), what);
        }
        assertFalse(images.hasNext(), what);
        String middle = "ns1/n5";
        ImageTree.Images rest = tree.from(KeyOrder.parse(middle, true));
        for (String path : model.tailMap(middle, true).keySet()) {
            assertEquals(path, KeyOrder.path(rest.next().key()), what);
        }
        assertFalse(rest.hasNext(), what);
    }

    private static ObjectImage image(ObjectKey key, long revision) {
        return new ObjectImage(LAYOUT, key, revision, Map.of(), new String[0], new byte[0]);
    }
}
