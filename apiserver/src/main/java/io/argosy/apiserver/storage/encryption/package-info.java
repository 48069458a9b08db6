/** Encryption of stored objects, in the envelopes that upstream writes. */
@NullMarked
package io.argosy.apiserver.storage.encryption;

import org.jspecify.annotations.NullMarked;
