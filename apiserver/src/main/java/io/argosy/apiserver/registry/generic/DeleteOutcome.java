package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.tree.ObjectValue;

/**
 * What a delete left.
 *
 * @param object in the stored version, as it is, or as it was last
 * @param gone whether it is no longer there
 */
public record DeleteOutcome(ObjectValue object, boolean gone) {}
