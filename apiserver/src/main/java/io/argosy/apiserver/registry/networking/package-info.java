/** The rules of ingresses and network policies. */
@NullMarked
package io.argosy.apiserver.registry.networking;

import org.jspecify.annotations.NullMarked;
