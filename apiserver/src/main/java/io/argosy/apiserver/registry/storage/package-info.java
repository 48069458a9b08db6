/** The rules of storage classes and drivers. */
@NullMarked
package io.argosy.apiserver.registry.storage;

import org.jspecify.annotations.NullMarked;
