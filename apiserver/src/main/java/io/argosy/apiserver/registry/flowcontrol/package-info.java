/** What flow schemas and priority levels must be like. */
@NullMarked
package io.argosy.apiserver.registry.flowcontrol;

import org.jspecify.annotations.NullMarked;
