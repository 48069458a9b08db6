/** What a request asks for: target, options and media types, read from its path, query and headers. */
@NullMarked
package io.argosy.apiserver.request;

import org.jspecify.annotations.NullMarked;
