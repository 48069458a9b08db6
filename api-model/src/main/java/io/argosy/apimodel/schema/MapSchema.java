package io.argosy.apimodel.schema;

/**
 * A map from strings to values of one schema.
 *
 * @param atomic server-side apply replaces the map as a whole ({@code x-kubernetes-map-type: atomic})
 */
public record MapSchema(Schema values, boolean atomic, Checks checks) implements Schema {}
