/** Which requests a webhook or a policy is about: rules, scopes, selectors. Pure, but for reads of namespaces. */
@NullMarked
package io.argosy.apiserver.admission.matching;

import org.jspecify.annotations.NullMarked;
