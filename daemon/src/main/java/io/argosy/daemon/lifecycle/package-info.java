/** Starting and stopping: task scopes, the one shape of every daemon's main, and systemd's notifications. */
@NullMarked
package io.argosy.daemon.lifecycle;

import org.jspecify.annotations.NullMarked;
