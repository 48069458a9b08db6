/** Recording of Events about objects, aggregated and rate-limited. */
@NullMarked
package io.argosy.client.events;

import org.jspecify.annotations.NullMarked;
