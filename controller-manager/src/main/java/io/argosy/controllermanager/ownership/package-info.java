/** Who owns an object: controller references, adoption, release. */
@NullMarked
package io.argosy.controllermanager.ownership;

import org.jspecify.annotations.NullMarked;
