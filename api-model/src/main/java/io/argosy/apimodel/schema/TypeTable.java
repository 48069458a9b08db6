package io.argosy.apimodel.schema;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.Value;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The resource file that the generator writes; its form is told there. Strings and index are read at once, types later. */
final class TypeTable {

    private static final int TYPE_META = 1;
    private static final int WRAPS = 2;
    private static final int ATOMIC = 4;
    private static final int INLINE = 1;
    private static final int REQUIRED = 2;

    private final byte[] file;
    private final String[] strings;
    private final Map<String, Integer> offsets = new LinkedHashMap<>();

    private TypeTable(byte[] file) throws IOException {
        this.file = file;
        ByteArrayInputStream bytes = new ByteArrayInputStream(file);
        DataInputStream in = new DataInputStream(bytes);
        this.strings = new String[in.readInt()];
        for (int i = 0; i < strings.length; i++) {
            int length = in.readUnsignedShort();
            int at = file.length - bytes.available();
            strings[i] = new String(file, at, length, StandardCharsets.UTF_8);
            in.skipNBytes(length);
        }
        int types = in.readInt();
        int bodies = file.length - bytes.available() + types * 6;
        for (int i = 0; i < types; i++) {
            String name = strings[in.readUnsignedShort()];
            int offset = in.readInt();
            offsets.put(name, bodies + offset);
        }
    }

    static TypeTable load() {
        try (InputStream in = TypeTable.class.getResourceAsStream("types.bin")) {
            if (in == null) {
                throw new IllegalStateException("types.bin is not on the class path");
            }
            return new TypeTable(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return offsets.containsKey(name) && !isWrapper(name);
    }

    Collection<String> names() {
        return offsets.keySet().stream().filter(name -> !isWrapper(name)).toList();
    }

    private boolean isWrapper(String name) {
        Integer offset = offsets.get(name);
        return offset != null && (file[offset] & WRAPS) != 0;
    }

    /** A member as it stands in the file. */
    private record Member(
            String name,
            int number,
            String type,
            int flags,
            char presence,
            String listType,
            List<String> keys,
            String patchStrategy,
            String mergeKey,
            String defaultValue,
            String itemKind) {}

    private ByteBuffer body(String name) {
        int offset = offsets.get(name);
        return ByteBuffer.wrap(file, offset, file.length - offset);
    }

    private String text(ByteBuffer in) {
        return strings[Short.toUnsignedInt(in.getShort())];
    }

    private Member member(ByteBuffer in) {
        String name = text(in);
        int number = in.getInt();
        String type = text(in);
        int flags = in.get();
        char presence = (char) in.get();
        String listType = text(in);
        List<String> keys = new ArrayList<>();
        for (int i = in.get(); i > 0; i--) {
            keys.add(text(in));
        }
        return new Member(name, number, type, flags, presence, listType, keys, text(in), text(in), text(in), text(in));
    }

    ObjectSchema read(String name) {
        ByteBuffer in = body(name);
        int flags = in.get();
        Map<String, String> unions = new HashMap<>();
        for (int i = in.getShort(); i > 0; i--) {
            String field = text(in);
            unions.put(field, text(in));
        }
        List<Field> fields = new ArrayList<>();
        List<Inline> inlines = new ArrayList<>();
        if ((flags & TYPE_META) != 0) {
            fields.add(typeMeta(name, "kind"));
            fields.add(typeMeta(name, "apiVersion"));
        }
        for (int i = in.getShort(); i > 0; i--) {
            Member member = member(in);
            if ((member.flags() & INLINE) != 0) {
                ObjectSchema part = Types.byName(member.type());
                inlines.add(new Inline(member.number(), fields.size(), part));
                for (Field field : part.fields()) {
                    fields.add(field.describedAs(() -> Descriptions.ofField(name, field.name())));
                }
            } else {
                fields.add(field(name, member, unions.getOrDefault(member.name(), "")));
            }
        }
        boolean atomic = (flags & ATOMIC) != 0;
        return new ObjectSchema(
                name, () -> Descriptions.ofType(name), fields, inlines, atomic, false, false, Checks.NONE);
    }

    private static Field typeMeta(String typeName, String name) {
        ScalarSchema text = ScalarSchema.of(ScalarSchema.Type.STRING);
        Field.Facts facts = new Field.Facts(() -> Descriptions.ofField(typeName, name), false, false, "");
        return new Field(name, 0, () -> text, Presence.ZERO_OMITTED, false, Optional.empty(), facts);
    }

    private Field field(String typeName, Member member, String union) {
        Optional<Value> defaultValue = member.defaultValue().isEmpty()
                ? Optional.empty()
                : Optional.of(JsonReader.read(member.defaultValue().getBytes(StandardCharsets.UTF_8)));
        boolean retainKeys = member.patchStrategy().contains("retainKeys");
        return new Field(
                member.name(),
                member.number(),
                () -> schema(member),
                presence(member.presence()),
                (member.flags() & REQUIRED) != 0,
                defaultValue,
                new Field.Facts(() -> Descriptions.ofField(typeName, member.name()), false, retainKeys, union));
    }

    private static Presence presence(char code) {
        return switch (code) {
            case 'o' -> Presence.OPTIONAL;
            case 'n' -> Presence.NULLABLE;
            case 'z' -> Presence.ZERO_OMITTED;
            case 'a' -> Presence.ALWAYS;
            default -> throw new IllegalStateException("no such presence: " + code);
        };
    }

    private Schema schema(Member member) {
        String type = member.type();
        if (type.startsWith("list ")) {
            String element = type.substring("list ".length());
            String kind = member.itemKind();
            return list(
                    () -> kind.isEmpty()
                            ? single(element)
                            : Types.byName(element).withKind(kind),
                    member,
                    false);
        }
        if (type.startsWith("map ")) {
            String values = type.substring("map ".length());
            return new MapSchema(() -> single(values), member.listType().equals("atomic"), Checks.NONE);
        }
        if (isWrapper(type)) {
            Member items = items(type);
            String element = items.type().substring("list ".length());
            return list(() -> single(element), member.listType().isEmpty() ? items : member, true);
        }
        Schema single = single(type);
        return single instanceof ObjectSchema object && member.listType().equals("atomic") ? object.asAtomic() : single;
    }

    private static ListSchema list(Supplier<Schema> element, Member member, boolean wrapped) {
        ListSchema.Type type = switch (member.listType()) {
            case "map" -> ListSchema.Type.MAP;
            case "set" -> ListSchema.Type.SET;
            default -> ListSchema.Type.ATOMIC;
        };
        PatchStrategy patch = new PatchStrategy(
                member.patchStrategy().contains("merge"),
                member.patchStrategy().contains("retainKeys"),
                member.mergeKey());
        return new ListSchema(element, type, member.keys(), patch, wrapped, Checks.NONE);
    }

    /** The only member of a type that is a list in JSON. */
    private Member items(String wrapper) {
        ByteBuffer in = body(wrapper);
        in.get();
        in.getShort();
        in.getShort();
        return member(in);
    }

    private Schema single(String type) {
        if (isWrapper(type)) {
            Member items = items(type);
            String element = items.type().substring("list ".length());
            return list(() -> single(element), items, true);
        }
        return SpecialTypes.find(type).orElseGet(() -> Types.byName(type));
    }
}
