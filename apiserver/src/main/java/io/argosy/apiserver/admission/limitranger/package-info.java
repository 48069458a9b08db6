/** Defaults and bounds of a namespace's LimitRanges. */
@NullMarked
package io.argosy.apiserver.admission.limitranger;

import org.jspecify.annotations.NullMarked;
