/** Counts what the objects of namespaces use of their ResourceQuotas. */
@NullMarked
package io.argosy.controllermanager.resourcequota;

import org.jspecify.annotations.NullMarked;
