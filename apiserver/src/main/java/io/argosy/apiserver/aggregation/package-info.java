/** Other API servers behind this one: APIServices, whether they are available, and the way of requests, discovery and OpenAPI to them. */
@NullMarked
package io.argosy.apiserver.aggregation;

import org.jspecify.annotations.NullMarked;
