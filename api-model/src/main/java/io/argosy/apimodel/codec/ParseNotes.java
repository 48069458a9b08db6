package io.argosy.apimodel.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What strict decoding finds wrong with a document that can be read all the same: fields nobody knows, and fields
 * written twice. Bounded: after {@value #LIMIT} notes more are dropped.
 */
public final class ParseNotes {

    static final int LIMIT = 100;

    private final Set<String> texts = new LinkedHashSet<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private final List<Unknown> unknowns = new ArrayList<>();
    private byte[] source = {};

    /** A field written twice; {@code position} is where its second name stands. */
    record Duplicate(String path, int position) {}

    record Unknown(String path) {}

    /** The notes in the order of the document: {@code unknown field "spec.foo"}, {@code duplicate field "spec.bar"}. */
    public List<String> texts() {
        List<String> all = new ArrayList<>(texts);
        if (duplicates.isEmpty()) {
            unknowns.forEach(unknown -> all.add(unknownText(unknown.path())));
        } else if (unknowns.isEmpty()) {
            duplicates.forEach(duplicate -> all.add(duplicateText(duplicate.path())));
        } else {
            all.addAll(NoteOrder.merge(duplicates, unknowns, source));
        }
        return all.stream().distinct().limit(LIMIT).toList();
    }

    public boolean isEmpty() {
        return texts.isEmpty() && duplicates.isEmpty() && unknowns.isEmpty();
    }

    /** The error that strict decoding makes of the notes. */
    public String strictError() {
        return "strict decoding error: " + String.join(", ", texts());
    }

    /** Adds a note in words of one's own. */
    public void add(String text) {
        if (texts.size() < LIMIT) {
            texts.add(text);
        }
    }

    /** Notes a field without schema, by its path: {@code spec.containers[0].foo}. */
    public void unknownField(String path) {
        if (unknowns.size() < LIMIT) {
            unknowns.add(new Unknown(path));
        }
    }

    /** Notes a field that a JSON document has twice. */
    void duplicateField(String path, int position, byte[] document) {
        if (duplicates.size() < LIMIT) {
            duplicates.add(new Duplicate(path, position));
            source = document;
        }
    }

    static String unknownText(String path) {
        return "unknown field \"" + path + "\"";
    }

    static String duplicateText(String path) {
        return "duplicate field \"" + path + "\"";
    }
}
