/** What the scheduler knows of nodes and the pods on them, in columns that change in place. */
@NullMarked
package io.argosy.scheduler.columns;

import org.jspecify.annotations.NullMarked;
