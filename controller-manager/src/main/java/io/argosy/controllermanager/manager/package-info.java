/** The executable: flags, configuration, the list of controllers, leader election, health. */
@NullMarked
package io.argosy.controllermanager.manager;

import org.jspecify.annotations.NullMarked;
