package io.argosy.apimodel.schema;

/**
 * What a value may look like. Built-in types and the schemas of custom resources load into the same form.
 *
 * <p>Schemas are immutable once linked and shared by all threads; object types may contain themselves.
 */
public sealed interface Schema permits ScalarSchema, ListSchema, MapSchema, ObjectSchema, EitherSchema, AnySchema {

    /** The rules a value must keep beyond its type; {@link Checks#NONE} for most built-in types. */
    Checks checks();
}
