package io.argosy.controllermanager.loop;

/** Brings what a key names to what it should be. Called for one key by one thread at a time. */
@FunctionalInterface
public interface Reconciler<K> {

    /** API errors may be thrown: a conflict is looked at again at once, others back off. */
    Outcome reconcile(K key) throws InterruptedException;
}
