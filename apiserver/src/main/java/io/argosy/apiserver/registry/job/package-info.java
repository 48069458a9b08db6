/** How Jobs are written: the selector and labels by which a Job knows its pods. */
@NullMarked
package io.argosy.apiserver.registry.job;

import org.jspecify.annotations.NullMarked;
