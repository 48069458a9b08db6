/** Says which ranges of Service addresses are ready, and keeps those that are used. */
@NullMarked
package io.argosy.controllermanager.servicecidr;

import org.jspecify.annotations.NullMarked;
