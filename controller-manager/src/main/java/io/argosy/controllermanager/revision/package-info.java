/** The history of a workload's template, kept in ControllerRevisions. */
@NullMarked
package io.argosy.controllermanager.revision;

import org.jspecify.annotations.NullMarked;
