/** What objects use up of a ResourceQuota: the same arithmetic for admission, which charges, and the controller, which counts. */
@NullMarked
package io.argosy.apimodel.quota;

import org.jspecify.annotations.NullMarked;
