package io.argosy.apimodel.tree;

/** A number that was not written as a whole one; always finite. */
public record DoubleValue(double value) implements Value {
    public DoubleValue {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a finite number: " + value);
        }
    }

    @Override
    public DoubleValue copy() {
        return this;
    }

    @Override
    public String typeName() {
        return "number";
    }
}
