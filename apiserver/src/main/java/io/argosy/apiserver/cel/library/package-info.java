/** The functions that Kubernetes adds to CEL. See the Kubernetes page "Common Expression Language in Kubernetes". */
@NullMarked
package io.argosy.apiserver.cel.library;

import org.jspecify.annotations.NullMarked;
