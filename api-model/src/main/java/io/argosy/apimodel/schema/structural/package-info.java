/**
 * Custom resources: their OpenAPI v3 schemas as {@link io.argosy.apimodel.schema.Schema}s, and what is done by them to an
 * object: prune, fill defaults, validate. Source: the Kubernetes page "Extend the Kubernetes API with
 * CustomResourceDefinitions", structural schemas.
 */
@NullMarked
package io.argosy.apimodel.schema.structural;

import org.jspecify.annotations.NullMarked;
