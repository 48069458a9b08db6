/** API Priority and Fairness: who waits for whom when the server has more to do than it can do at once. */
@NullMarked
package io.argosy.apiserver.flowcontrol;

import org.jspecify.annotations.NullMarked;
