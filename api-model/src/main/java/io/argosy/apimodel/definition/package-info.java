/** Resources as data: one definition per resource, built-in or custom. */
@NullMarked
package io.argosy.apimodel.definition;

import org.jspecify.annotations.NullMarked;
