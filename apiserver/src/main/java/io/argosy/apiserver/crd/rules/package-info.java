/** Rules in CEL on custom resources ({@code x-kubernetes-validations}): their types, their cost, their evaluation. */
@NullMarked
package io.argosy.apiserver.crd.rules;

import org.jspecify.annotations.NullMarked;
