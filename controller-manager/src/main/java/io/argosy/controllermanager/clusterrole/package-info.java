/** Fills cluster roles from those that they aggregate. */
@NullMarked
package io.argosy.controllermanager.clusterrole;

import org.jspecify.annotations.NullMarked;
