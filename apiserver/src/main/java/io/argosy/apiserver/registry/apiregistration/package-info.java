/** What API services must be like. */
@NullMarked
package io.argosy.apiserver.registry.apiregistration;

import org.jspecify.annotations.NullMarked;
