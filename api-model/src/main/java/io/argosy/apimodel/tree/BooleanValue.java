package io.argosy.apimodel.tree;

/** True or false. */
public record BooleanValue(boolean value) implements Value {
    public static final BooleanValue TRUE = new BooleanValue(true);
    public static final BooleanValue FALSE = new BooleanValue(false);

    @Override
    public BooleanValue copy() {
        return this;
    }

    @Override
    public String typeName() {
        return "boolean";
    }
}
