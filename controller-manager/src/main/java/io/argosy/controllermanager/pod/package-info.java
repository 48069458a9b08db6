/** What controllers read off pods, how they make them from templates, and which they delete first. */
@NullMarked
package io.argosy.controllermanager.pod;

import org.jspecify.annotations.NullMarked;
