/** Verbs: get, list, watch, create, update, patch, delete, and the forms in which objects come and go. */
@NullMarked
package io.argosy.apiserver.handler;

import org.jspecify.annotations.NullMarked;
