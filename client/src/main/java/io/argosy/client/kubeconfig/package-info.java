/** Where an apiserver is and who calls it: kubeconfig files and the in-cluster environment. */
@NullMarked
package io.argosy.client.kubeconfig;

import org.jspecify.annotations.NullMarked;
