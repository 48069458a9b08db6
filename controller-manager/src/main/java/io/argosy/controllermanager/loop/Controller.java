package io.argosy.controllermanager.loop;

import io.argosy.daemon.lifecycle.TaskScope;

/**
 * One control loop. Its constructor asks for informers and adds handlers; it starts nothing.
 */
public interface Controller {

    /** Starts the workers in a scope; called once, when every informer has its first list. */
    void start(TaskScope tasks);
}
