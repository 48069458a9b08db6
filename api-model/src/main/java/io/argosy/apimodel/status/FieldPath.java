package io.argosy.apimodel.status;

/** A place in an object as error messages name it: {@code spec.containers[0].env[name=x]}; empty for the root. */
public record FieldPath(String text) {

    public static final FieldPath ROOT = new FieldPath("");

    public static FieldPath of(String first, String... rest) {
        FieldPath path = new FieldPath(first);
        for (String name : rest) {
            path = path.child(name);
        }
        return path;
    }

    public FieldPath child(String name) {
        return new FieldPath(text.isEmpty() ? name : text + "." + name);
    }

    public FieldPath index(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    /** An entry of a map or of a keyed list: {@code labels[app]}. */
    public FieldPath key(String key) {
        return new FieldPath(text + "[" + key + "]");
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "<nil>" : text;
    }
}
