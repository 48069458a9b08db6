/** Runs pods to their end for Jobs. */
@NullMarked
package io.argosy.controllermanager.job;

import org.jspecify.annotations.NullMarked;
