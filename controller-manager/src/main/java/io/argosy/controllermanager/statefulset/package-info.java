/** Keeps the numbered pods of StatefulSets, in their order and with their claims. */
@NullMarked
package io.argosy.controllermanager.statefulset;

import org.jspecify.annotations.NullMarked;
