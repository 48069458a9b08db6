/** API objects as plain trees: what patch, apply, prune, default and select work on, the same way for every kind. */
@NullMarked
package io.argosy.apimodel.tree;

import org.jspecify.annotations.NullMarked;
