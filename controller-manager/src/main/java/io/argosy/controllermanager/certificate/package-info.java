/** Approves, signs and clears away certificate signing requests. */
@NullMarked
package io.argosy.controllermanager.certificate;

import org.jspecify.annotations.NullMarked;
