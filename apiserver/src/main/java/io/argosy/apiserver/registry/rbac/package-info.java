/** The rules of roles and their bindings. */
@NullMarked
package io.argosy.apiserver.registry.rbac;

import org.jspecify.annotations.NullMarked;
