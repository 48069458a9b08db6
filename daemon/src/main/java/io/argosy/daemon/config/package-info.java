/** Component configuration files: read once into a record, all their errors told at once. */
@NullMarked
package io.argosy.daemon.config;

import org.jspecify.annotations.NullMarked;
