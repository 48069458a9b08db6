package io.argosy.apimodel.tree;

/**
 * A node of an API object's tree.
 *
 * <p>Objects and arrays are mutable and not thread-safe: a tree has one owner until it is encoded. Scalars are values.
 * Fields of protobuf type {@code bytes}, times and quantities are strings here, in the form that JSON gives them.
 */
public sealed interface Value
        permits ObjectValue, ArrayValue, StringValue, IntegerValue, DoubleValue, BooleanValue, NullValue {

    /** A copy that shares no mutable node with this one. */
    Value copy();

    /** The JSON name of this node's type: {@code object}, {@code array}, {@code string}, {@code integer}, ... */
    String typeName();

    static StringValue of(String text) {
        return new StringValue(text);
    }

    static IntegerValue of(long number) {
        return new IntegerValue(number);
    }

    static DoubleValue of(double number) {
        return new DoubleValue(number);
    }

    static BooleanValue of(boolean truth) {
        return truth ? BooleanValue.TRUE : BooleanValue.FALSE;
    }
}
