/** What autoscalers must be like. */
@NullMarked
package io.argosy.apiserver.registry.autoscaling;

import org.jspecify.annotations.NullMarked;
