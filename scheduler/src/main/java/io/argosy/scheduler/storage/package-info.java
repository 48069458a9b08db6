/** What the scheduler looks up about claims, volumes and their classes. */
@NullMarked
package io.argosy.scheduler.storage;

import org.jspecify.annotations.NullMarked;
