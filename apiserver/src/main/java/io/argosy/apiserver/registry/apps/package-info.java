/** The rules of workloads. */
@NullMarked
package io.argosy.apiserver.registry.apps;

import org.jspecify.annotations.NullMarked;
