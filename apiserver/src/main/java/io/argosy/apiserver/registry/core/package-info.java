/** The rules of the kinds of the core group. */
@NullMarked
package io.argosy.apiserver.registry.core;

import org.jspecify.annotations.NullMarked;
