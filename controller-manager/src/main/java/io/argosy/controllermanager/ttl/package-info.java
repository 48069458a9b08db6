/** Tells nodes how long to cache. */
@NullMarked
package io.argosy.controllermanager.ttl;

import org.jspecify.annotations.NullMarked;
