/** Services and their endpoints as a proxy sees them: immutable images of one IP family. */
@NullMarked
package io.argosy.kubeproxy.model;

import org.jspecify.annotations.NullMarked;
