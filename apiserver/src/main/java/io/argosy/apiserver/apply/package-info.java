/** Server-side apply: who owns which fields, and how a configuration is merged into an object. */
@NullMarked
package io.argosy.apiserver.apply;

import org.jspecify.annotations.NullMarked;
