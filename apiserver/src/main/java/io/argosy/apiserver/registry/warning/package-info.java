/** What clients are warned of: objects that are valid and probably not meant so. */
@NullMarked
package io.argosy.apiserver.registry.warning;

import org.jspecify.annotations.NullMarked;
