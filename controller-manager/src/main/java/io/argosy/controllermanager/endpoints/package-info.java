/** Which pods stand behind a Service, as one Endpoints object. */
@NullMarked
package io.argosy.controllermanager.endpoints;

import org.jspecify.annotations.NullMarked;
