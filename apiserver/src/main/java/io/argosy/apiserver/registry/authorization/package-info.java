/** Reviews of what a user may do. */
@NullMarked
package io.argosy.apiserver.registry.authorization;

import org.jspecify.annotations.NullMarked;
