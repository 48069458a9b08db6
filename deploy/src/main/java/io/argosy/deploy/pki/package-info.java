/** The cluster's certificate authorities, certificates and kubeconfig files. */
@NullMarked
package io.argosy.deploy.pki;

import org.jspecify.annotations.NullMarked;
