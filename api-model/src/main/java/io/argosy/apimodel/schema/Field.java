package io.argosy.apimodel.schema;

import io.argosy.apimodel.tree.Value;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A field of an object type. */
public final class Field {

    private final String name;
    private final int number;
    private final Supplier<Schema> schema;
    private @Nullable Schema resolved;
    private final Presence presence;
    private final boolean required;
    private final Optional<Value> defaultValue;
    private final Facts facts;

    /**
     * What is known of a field beside its type.
     *
     * @param description Markdown, as published; may be empty
     * @param immutable may not change in an update
     * @param retainKeys a strategic merge of this object names the keys to keep
     * @param unionGroup the fields of one union, of which one may be set; or empty
     */
    public record Facts(Supplier<String> description, boolean immutable, boolean retainKeys, String unionGroup) {
        public static final Facts NONE = new Facts(() -> "", false, false, "");
    }

    /**
     * @param number the protobuf field number, 0 when it has none
     * @param schema resolved on first use, so that types may contain themselves
     * @param defaultValue put in place of an absent value; copied before use
     */
    public Field(
            String name,
            int number,
            Supplier<Schema> schema,
            Presence presence,
            boolean required,
            Optional<Value> defaultValue,
            Facts facts) {
        this.name = name;
        this.number = number;
        this.schema = schema;
        this.presence = presence;
        this.required = required;
        this.defaultValue = defaultValue;
        this.facts = facts;
    }

    /** This field, always written, with this text when it is absent. */
    Field always(String text) {
        return new Field(name, number, schema, Presence.ALWAYS, required, Optional.of(Value.of(text)), facts);
    }

    /** This field with another description, where there is one. */
    Field describedAs(Supplier<String> description) {
        Supplier<String> own = facts.description();
        Supplier<String> better = () -> description.get().isEmpty() ? own.get() : description.get();
        Facts known = new Facts(better, facts.immutable(), facts.retainKeys(), facts.unionGroup());
        return new Field(name, number, schema, presence, required, defaultValue, known);
    }

    public String name() {
        return name;
    }

    public int number() {
        return number;
    }

    /** Resolved once; threads that race for it resolve to the same. */
    public Schema schema() {
        Schema known = resolved;
        if (known == null) {
            known = schema.get();
            resolved = known;
        }
        return known;
    }

    public Presence presence() {
        return presence;
    }

    public boolean required() {
        return required;
    }

    public Optional<Value> defaultValue() {
        return defaultValue;
    }

    public Facts facts() {
        return facts;
    }

    public String description() {
        return facts.description().get();
    }

    @Override
    public String toString() {
        return name;
    }
}
