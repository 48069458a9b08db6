/** Which pods stand behind a Service, in slices. */
@NullMarked
package io.argosy.controllermanager.endpointslice;

import org.jspecify.annotations.NullMarked;
