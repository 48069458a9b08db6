package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A persistent sorted map from keys to images: an immutable B+ tree of which a change copies one path. Any version of it
 * is a snapshot for as long as somebody holds it.
 *
 * <p>All leaves have the same depth. A node holds at most {@link #FULL} entries and is never empty, except the root.
 */
final class ImageTree {

    static final ImageTree EMPTY = new ImageTree(new Leaf(new ObjectImage[0]));

    private static final int FULL = 64;
    private static final int SPARSE = 16;

    private final Node root;

    private ImageTree(Node root) {
        this.root = root;
    }

    private sealed interface Node {
        int size();

        /** Images in a leaf, children in a branch. */
        int width();

        ObjectKey first();
    }

    private record Leaf(ObjectImage[] images) implements Node {
        @Override
        public int size() {
            return images.length;
        }

        @Override
        public int width() {
            return images.length;
        }

        @Override
        public ObjectKey first() {
            return images[0].key();
        }

        /** The place of a key, or -1 - the place where it belongs. */
        int find(ObjectKey key) {
            int low = 0;
            int high = images.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = KeyOrder.compare(images[middle].key(), key);
                if (order < 0) {
                    low = middle + 1;
                } else if (order > 0) {
                    high = middle - 1;
                } else {
                    return middle;
                }
            }
            return -1 - low;
        }
    }

    private record Branch(Node[] children, int size) implements Node {
        static Branch of(Node... children) {
            int size = 0;
            for (Node child : children) {
                size += child.size();
            }
            return new Branch(children, size);
        }

        @Override
        public int width() {
            return children.length;
        }

        @Override
        public ObjectKey first() {
            return children[0].first();
        }

        /** The child in which a key belongs. */
        int find(ObjectKey key) {
            int low = 1;
            int high = children.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (KeyOrder.compare(children[middle].first(), key) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return low - 1;
        }
    }

    int size() {
        return root.size();
    }

    Optional<ObjectImage> get(ObjectKey key) {
        Node node = root;
        while (node instanceof Branch branch) {
            node = branch.children[branch.find(key)];
        }
        Leaf leaf = (Leaf) node;
        int at = leaf.find(key);
        return at < 0 ? Optional.empty() : Optional.of(leaf.images[at]);
    }

    /** With an image in place of that of the same key, or added. */
    ImageTree with(ObjectImage image) {
        Node[] parts = put(root, image);
        return new ImageTree(parts.length == 1 ? parts[0] : Branch.of(parts));
    }

    /** Without the image of a key; this tree itself when there is none. */
    ImageTree without(ObjectKey key) {
        if (get(key).isEmpty()) {
            return this;
        }
        Node node = remove(root, key);
        if (node == null) {
            return EMPTY;
        }
        while (node instanceof Branch branch && branch.children.length == 1) {
            node = branch.children[0];
        }
        return new ImageTree(node);
    }

    /** How many images come before a key. */
    int rank(ObjectKey key) {
        int before = 0;
        Node node = root;
        while (node instanceof Branch branch) {
            int at = branch.find(key);
            for (int i = 0; i < at; i++) {
                before += branch.children[i].size();
            }
            node = branch.children[at];
        }
        int at = ((Leaf) node).find(key);
        return before + (at < 0 ? -1 - at : at);
    }

    /** The images from a key on, in order. */
    Images from(ObjectKey key) {
        return new Images(root, key);
    }

    /** All images, in order. */
    Images all() {
        return new Images(root, new ObjectKey("", ""));
    }

    /** One copy or two halves of a node, with the image in it. */
    private static Node[] put(Node node, ObjectImage image) {
        return switch (node) {
            case Leaf leaf -> putIntoLeaf(leaf, image);
            case Branch branch -> putIntoBranch(branch, image);
        };
    }

    private static Node[] putIntoLeaf(Leaf leaf, ObjectImage image) {
        int at = leaf.find(image.key());
        if (at >= 0) {
            ObjectImage[] images = leaf.images.clone();
            images[at] = image;
            return new Node[] {new Leaf(images)};
        }
        ObjectImage[] images = insert(leaf.images, -1 - at, image);
        if (images.length <= FULL) {
            return new Node[] {new Leaf(images)};
        }
        // Keys often come in order: a leaf that grows at its end is left nearly full.
        int cut = -1 - at == leaf.images.length ? FULL - 1 : images.length / 2;
        return new Node[] {
            new Leaf(Arrays.copyOf(images, cut)), new Leaf(Arrays.copyOfRange(images, cut, images.length))
        };
    }

    private static Node[] putIntoBranch(Branch branch, ObjectImage image) {
        int at = branch.find(image.key());
        Node[] parts = put(branch.children[at], image);
        Node[] children = branch.children.clone();
        children[at] = parts[0];
        if (parts.length == 2) {
            children = insert(children, at + 1, parts[1]);
        }
        if (children.length <= FULL) {
            return new Node[] {Branch.of(children)};
        }
        int cut = children.length / 2;
        return new Node[] {
            Branch.of(Arrays.copyOf(children, cut)), Branch.of(Arrays.copyOfRange(children, cut, children.length))
        };
    }

    private static @Nullable Node remove(Node node, ObjectKey key) {
        return switch (node) {
            case Leaf leaf -> leaf.images.length == 1 ? null : new Leaf(drop(leaf.images, leaf.find(key)));
            case Branch branch -> removeFromBranch(branch, key);
        };
    }

    private static @Nullable Node removeFromBranch(Branch branch, ObjectKey key) {
        int at = branch.find(key);
        Node child = remove(branch.children[at], key);
        if (child == null) {
            return branch.children.length == 1 ? null : Branch.of(drop(branch.children, at));
        }
        Node[] children = branch.children.clone();
        children[at] = child;
        return Branch.of(joined(children, at));
    }

    /** Joins a sparse child with a neighbour when both fit into one node. */
    private static Node[] joined(Node[] children, int at) {
        if (children[at].width() >= SPARSE || children.length == 1) {
            return children;
        }
        int left = at == 0 ? 0 : at - 1;
        if (children[left].width() + children[left + 1].width() > FULL / 2) {
            return children;
        }
        Node both = join(children[left], children[left + 1]);
        Node[] fewer = drop(children, left + 1);
        fewer[left] = both;
        return fewer;
    }

    private static Node join(Node left, Node right) {
        if (left instanceof Leaf one && right instanceof Leaf other) {
            ObjectImage[] images = Arrays.copyOf(one.images, one.images.length + other.images.length);
            System.arraycopy(other.images, 0, images, one.images.length, other.images.length);
            return new Leaf(images);
        }
        Node[] one = ((Branch) left).children;
        Node[] other = ((Branch) right).children;
        Node[] children = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, children, one.length, other.length);
        return Branch.of(children);
    }

    private static <T> T[] insert(T[] array, int at, T item) {
        T[] longer = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, longer, at + 1, array.length - at);
        longer[at] = item;
        return longer;
    }

    private static <T> T[] drop(T[] array, int at) {
        T[] shorter = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, shorter, at, array.length - at - 1);
        return shorter;
    }

    /** A walk through the tree: a stack of branches and the place in each. */
    static final class Images implements Iterator<ObjectImage> {
        private static final int DEEPEST = 12;
        private final Branch[] path = new Branch[DEEPEST];
        private final int[] places = new int[DEEPEST];
        private int depth;
        private ObjectImage[] leaf;
        private int next;

        private Images(Node root, ObjectKey from) {
            Node node = root;
            while (node instanceof Branch branch) {
                path[depth] = branch;
                places[depth] = branch.find(from);
                node = branch.children[places[depth]];
                depth++;
            }
            leaf = ((Leaf) node).images;
            int at = ((Leaf) node).find(from);
            next = at < 0 ? -1 - at : at;
        }

        @Override
        public boolean hasNext() {
            return next < leaf.length || nextLeaf();
        }

        @Override
        public ObjectImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return leaf[next++];
        }

        private boolean nextLeaf() {
            int level = depth - 1;
            while (level >= 0 && places[level] + 1 >= path[level].children.length) {
                level--;
            }
            if (level < 0) {
                return false;
            }
            Node node = path[level].children[++places[level]];
            while (node instanceof Branch branch) {
                level++;
                path[level] = branch;
                places[level] = 0;
                node = branch.children[0];
            }
            leaf = ((Leaf) node).images;
            next = 0;
            return leaf.length > 0;
        }
    }
}
