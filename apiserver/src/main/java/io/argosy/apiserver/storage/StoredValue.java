package io.argosy.apiserver.storage;

/**
 * One key as the store holds it. The bytes belong to everyone who holds the record: nobody changes them.
 *
 * @param createRevision the revision of the write that created the key
 * @param modRevision the revision of the last write to the key
 */
public record StoredValue(String key, byte[] value, long createRevision, long modRevision) {}
