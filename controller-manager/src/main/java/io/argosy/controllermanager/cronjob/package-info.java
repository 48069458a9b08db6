/** Makes Jobs by the clock. */
@NullMarked
package io.argosy.controllermanager.cronjob;

import org.jspecify.annotations.NullMarked;
