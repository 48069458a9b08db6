/** Objects as rows of a table ({@code meta.k8s.io/v1 Table}): what {@code kubectl get} shows. */
@NullMarked
package io.argosy.apiserver.table;

import org.jspecify.annotations.NullMarked;
