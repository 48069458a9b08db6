package io.argosy.apimodel.generator;

import java.util.List;
import java.util.Map;

/**
 * A type as it is written to the resource file.
 *
 * @param name as published
 * @param members in the order of declaration
 */
record Type(
        String name,
        boolean typeMeta,
        boolean wraps,
        boolean atomic,
        Map<String, String> unions,
        List<Member> members) {

    /**
     * A field or an inlined part.
     *
     * @param type {@code string}, {@code list int32}, {@code map io.k8s...}: a scalar or the published name of a type
     * @param presence {@code o}, {@code n}, {@code z} or {@code a}: optional, nullable, zero omitted, always
     * @param listType {@code map}, {@code set}, {@code atomic} or empty; of a map or object {@code atomic} or empty
     * @param defaultValue JSON, or empty
     * @param itemKind {@code v1/PersistentVolumeClaim}: the items of the list say in JSON what they are; or empty
     */
    record Member(
            String name,
            int number,
            String type,
            boolean inline,
            char presence,
            boolean required,
            String listType,
            List<String> listMapKeys,
            String patchStrategy,
            String patchMergeKey,
            String defaultValue,
            String itemKind) {}

    /** A field as protobuf knows it. */
    record Declared(String name, int number, String type) {}
}
