/** Services: cluster addresses and node ports, what changes with their type, their rules. */
@NullMarked
package io.argosy.apiserver.registry.service;

import org.jspecify.annotations.NullMarked;
