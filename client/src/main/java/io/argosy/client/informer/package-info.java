/** Local caches of resources, kept current by watches, and who hears of their changes. */
@NullMarked
package io.argosy.client.informer;

import org.jspecify.annotations.NullMarked;
