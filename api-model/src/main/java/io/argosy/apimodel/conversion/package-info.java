/** Built-in objects of one version as objects of another, where versions differ in more than their name. */
@NullMarked
package io.argosy.apimodel.conversion;

import org.jspecify.annotations.NullMarked;
