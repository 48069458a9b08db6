/** Runs at build time: makes the resource files of the built-in types out of published artifacts and our own files. */
@NullMarked
package io.argosy.apimodel.generator;

import org.jspecify.annotations.NullMarked;
