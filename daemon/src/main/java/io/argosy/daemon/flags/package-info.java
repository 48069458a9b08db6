/** Command lines as upstream's daemons take them: names, forms, error texts and exit codes. */
@NullMarked
package io.argosy.daemon.flags;

import org.jspecify.annotations.NullMarked;
