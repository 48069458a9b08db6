/** The cluster's objects as the apiserver's own code reads and writes them: plugins, subresources, start-up. */
@NullMarked
package io.argosy.apiserver.objects;

import org.jspecify.annotations.NullMarked;
