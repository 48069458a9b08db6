package io.argosy.apimodel.tree;

/** An explicit {@code null}: in patches it removes a field, elsewhere it is the same as an absent one. */
public enum NullValue implements Value {
    NULL;

    @Override
    public NullValue copy() {
        return this;
    }

    @Override
    public String typeName() {
        return "null";
    }
}
