/** The API server: the only thing that talks to etcd. */
@NullMarked
package io.argosy.apiserver;

import org.jspecify.annotations.NullMarked;
