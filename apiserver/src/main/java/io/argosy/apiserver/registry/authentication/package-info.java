/** Token requests and reviews of who a caller is. */
@NullMarked
package io.argosy.apiserver.registry.authentication;

import org.jspecify.annotations.NullMarked;
