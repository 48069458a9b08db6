/** The Pod Security Standards: what pods may ask for, by the labels of their namespace. */
@NullMarked
package io.argosy.apiserver.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
