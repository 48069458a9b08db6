package io.argosy.apimodel.schema;

/**
 * A part of an object that is a message of its own in protobuf, while its fields stand among the object's in JSON.
 *
 * @param number of the message in protobuf
 * @param offset where the part's fields begin among the object's {@link ObjectSchema#fields()}
 */
public record Inline(int number, int offset, ObjectSchema part) {}
