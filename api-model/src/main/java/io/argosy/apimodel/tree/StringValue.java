package io.argosy.apimodel.tree;

/** A string. */
public record StringValue(String value) implements Value {

    @Override
    public StringValue copy() {
        return this;
    }

    @Override
    public String typeName() {
        return "string";
    }
}
