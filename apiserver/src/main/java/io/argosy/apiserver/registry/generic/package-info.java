/** The way of a write that all kinds share: prepare, admit, validate, store, delete. */
@NullMarked
package io.argosy.apiserver.registry.generic;

import org.jspecify.annotations.NullMarked;
