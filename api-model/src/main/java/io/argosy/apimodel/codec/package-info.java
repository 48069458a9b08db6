/** Trees from and to bytes: JSON, YAML, protobuf and CBOR. */
@NullMarked
package io.argosy.apimodel.codec;

import org.jspecify.annotations.NullMarked;
