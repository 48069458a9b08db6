package io.argosy.apimodel.generator;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the resource file: all strings once, then an index of the types, then their bodies, with strings by their
 * numbers, so that a type is read only when it is asked for.
 *
 * <pre>
 * int count, UTF...                         strings
 * int count, (short name, int offset)...    types; offsets count from the end of the index
 * per type: byte flags (1 typeMeta, 2 wraps, 4 atomic), short unions, (short field, short discriminator)...,
 *   short members, per member: short name, int number, short type, byte flags (1 inline, 2 required),
 *   byte presence, short listType, byte keys, short..., short patchStrategy, short patchMergeKey, short default,
 *   short itemKind
 * </pre>
 */
final class TypeFile {

    private final Map<String, Integer> strings = new LinkedHashMap<>();

    byte[] write(List<Type> types) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        for (Type type : types) {
            number(type.name());
            bodies.add(body(type));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(strings.size());
            for (String text : strings.keySet()) {
                out.writeUTF(text);
            }
            out.writeInt(types.size());
            int offset = 0;
            for (int i = 0; i < types.size(); i++) {
                out.writeShort(number(types.get(i).name()));
                out.writeInt(offset);
                offset += bodies.get(i).length;
            }
            for (byte[] body : bodies) {
                out.write(body);
            }
        }
        return bytes.toByteArray();
    }

    private int number(String text) {
        int number = strings.computeIfAbsent(text, _ -> strings.size());
        if (number > 0xffff) {
            throw new IllegalStateException("more strings than a short can number");
        }
        return number;
    }

    private byte[] body(Type type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte((type.typeMeta() ? 1 : 0) | (type.wraps() ? 2 : 0) | (type.atomic() ? 4 : 0));
            out.writeShort(type.unions().size());
            for (Map.Entry<String, String> union : type.unions().entrySet()) {
                out.writeShort(number(union.getKey()));
                out.writeShort(number(union.getValue()));
            }
            out.writeShort(type.members().size());
            for (Type.Member member : type.members()) {
                member(member, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void member(Type.Member member, DataOutputStream out) throws IOException {
        out.writeShort(number(member.name()));
        out.writeInt(member.number());
        out.writeShort(number(member.type()));
        out.writeByte((member.inline() ? 1 : 0) | (member.required() ? 2 : 0));
        out.writeByte(member.presence());
        out.writeShort(number(member.listType()));
        out.writeByte(member.listMapKeys().size());
        for (String key : member.listMapKeys()) {
            out.writeShort(number(key));
        }
        out.writeShort(number(member.patchStrategy()));
        out.writeShort(number(member.patchMergeKey()));
        out.writeShort(number(member.defaultValue()));
        out.writeShort(number(member.itemKind()));
    }
}
