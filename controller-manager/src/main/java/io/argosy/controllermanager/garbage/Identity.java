package io.argosy.controllermanager.garbage;

/**
 * An object as owner references name it.
 *
 * @param namespace empty for an object of the cluster
 */
record Identity(String apiVersion, String kind, String namespace, String name, String uid) {}
