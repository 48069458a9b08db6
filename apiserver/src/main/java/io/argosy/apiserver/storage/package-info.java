/** The store under the API: keys and bytes with revisions, as etcd gives them; one suite holds for every implementation. */
@NullMarked
package io.argosy.apiserver.storage;

import org.jspecify.annotations.NullMarked;
