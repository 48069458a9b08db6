/** Patches: RFC 6902, RFC 7386, and Kubernetes' strategic merge. */
@NullMarked
package io.argosy.apiserver.patch;

import org.jspecify.annotations.NullMarked;
