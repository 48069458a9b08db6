/** Empties namespaces that are being deleted, and lets them go. */
@NullMarked
package io.argosy.controllermanager.namespace;

import org.jspecify.annotations.NullMarked;
