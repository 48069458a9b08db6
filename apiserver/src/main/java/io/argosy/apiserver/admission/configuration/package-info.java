/** The file that configures admission plugins. */
@NullMarked
package io.argosy.apiserver.admission.configuration;

import org.jspecify.annotations.NullMarked;
