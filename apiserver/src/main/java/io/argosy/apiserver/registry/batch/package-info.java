/** The rules of jobs and cron jobs. */
@NullMarked
package io.argosy.apiserver.registry.batch;

import org.jspecify.annotations.NullMarked;
