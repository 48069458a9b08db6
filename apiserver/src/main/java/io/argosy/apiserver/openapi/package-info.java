/** The API described in OpenAPI 2 and 3: documents made from definitions and schemas, when first asked for. */
@NullMarked
package io.argosy.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
