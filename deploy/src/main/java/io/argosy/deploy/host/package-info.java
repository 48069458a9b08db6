/** This machine: checks, sysctls, processes, and the ledger of what was changed on it. */
@NullMarked
package io.argosy.deploy.host;

import org.jspecify.annotations.NullMarked;
