/** New nodes are tainted until their conditions are known. */
@NullMarked
package io.argosy.apiserver.admission.nodetaint;

import org.jspecify.annotations.NullMarked;
