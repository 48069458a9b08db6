/** Certificate signing requests: who asked, approval, status, their rules. */
@NullMarked
package io.argosy.apiserver.registry.certificates;

import org.jspecify.annotations.NullMarked;
