/** The rules of webhook configurations and of admission policies. */
@NullMarked
package io.argosy.apiserver.registry.admissionregistration;

import org.jspecify.annotations.NullMarked;
