/** No new objects in namespaces that are absent or going. */
@NullMarked
package io.argosy.apiserver.admission.namespacelifecycle;

import org.jspecify.annotations.NullMarked;
