package io.argosy.apimodel.tree;

/** A whole number of 64 bits, as every integer of the API. */
public record IntegerValue(long value) implements Value {

    @Override
    public IntegerValue copy() {
        return this;
    }

    @Override
    public String typeName() {
        return "integer";
    }
}
