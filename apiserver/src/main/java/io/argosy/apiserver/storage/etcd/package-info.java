/** The store that clusters use: etcd over gRPC, with a watch that loses nothing. */
@NullMarked
package io.argosy.apiserver.storage.etcd;

import org.jspecify.annotations.NullMarked;
