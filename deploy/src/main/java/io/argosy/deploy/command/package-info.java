/** The argosy command: one class a verb. */
@NullMarked
package io.argosy.deploy.command;

import org.jspecify.annotations.NullMarked;
