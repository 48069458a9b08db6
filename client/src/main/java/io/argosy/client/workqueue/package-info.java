/** Keys that wait for work: each once, delayed, or backing off after failures. */
@NullMarked
package io.argosy.client.workqueue;

import org.jspecify.annotations.NullMarked;
