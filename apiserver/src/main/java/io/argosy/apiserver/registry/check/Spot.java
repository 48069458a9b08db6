package io.argosy.apiserver.registry.check;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A place in an object that is being checked: what stands there, how messages name it, and where errors go. Checks of
 * an absent value hold, unless they are about its presence.
 */
public final class Spot {

    private final Optional<Value> value;
    private final FieldPath path;
    private final List<FieldError> errors;

    private Spot(Optional<Value> value, FieldPath path, List<FieldError> errors) {
        this.value = value.filter(found -> !(found instanceof NullValue));
        this.path = path;
        this.errors = errors;
    }

    public static Spot root(ObjectValue object, List<FieldError> errors) {
        return new Spot(Optional.of(object), FieldPath.ROOT, errors);
    }

    public Spot at(String... names) {
        Spot spot = this;
        for (String name : names) {
            spot = spot.child(name, spot.path.child(name));
        }
        return spot;
    }

    private Spot child(String name, FieldPath childPath) {
        Optional<Value> found =
                value.flatMap(parent -> parent instanceof ObjectValue object ? object.at(name) : Optional.empty());
        return new Spot(found, childPath, errors);
    }

    /** The items of a list; none when there is no list. */
    public List<Spot> items() {
        List<Spot> items = new ArrayList<>();
        if (value.orElse(NullValue.NULL) instanceof ArrayValue array) {
            for (int i = 0; i < array.size(); i++) {
                items.add(new Spot(Optional.of(array.get(i)), path.index(i), errors));
            }
        }
        return items;
    }

    public List<Spot> items(String name) {
        return at(name).items();
    }

    /** An entry of a map, with its key. */
    public record Entry(String key, Spot spot) {}

    /** The entries of a map. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        if (value.orElse(NullValue.NULL) instanceof ObjectValue object) {
            object.fields()
                    .forEach((key, entry) ->
                            entries.add(new Entry(key, new Spot(Optional.of(entry), path.key(key), errors))));
        }
        return entries;
    }

    /** This value, named otherwise. */
    public Spot named(FieldPath other) {
        return new Spot(value, other, errors);
    }

    /** The entry of a map under a key, named as such. */
    public Spot key(String key) {
        return child(key, path.key(key));
    }

    public FieldPath path() {
        return path;
    }

    public Optional<Value> value() {
        return value;
    }

    public ObjectValue object() {
        return value.orElse(NullValue.NULL) instanceof ObjectValue object ? object : new ObjectValue();
    }

    public boolean present() {
        return value.isPresent();
    }

    /** Absent, an empty string, list or map. */
    public boolean empty() {
        return value.isEmpty()
                || switch (value.get()) {
                    case StringValue text -> text.value().isEmpty();
                    case ArrayValue array -> array.isEmpty();
                    case ObjectValue object -> object.isEmpty();
                    default -> false;
                };
    }

    /** The text; empty when there is none. */
    public String text() {
        return value.orElse(NullValue.NULL) instanceof StringValue text ? text.value() : "";
    }

    public String text(String name) {
        return at(name).text();
    }

    /** The number; zero when there is none. */
    public long number() {
        return value.orElse(NullValue.NULL) instanceof IntegerValue number ? number.value() : 0;
    }

    public long number(String name) {
        return at(name).number();
    }

    public boolean isTrue() {
        return value.equals(Optional.of(Value.of(true)));
    }

    public boolean isTrue(String name) {
        return at(name).isTrue();
    }

    public List<String> strings() {
        return value.orElse(NullValue.NULL) instanceof ArrayValue array
                ? array.strings().toList()
                : List.of();
    }

    public Optional<Quantity> quantity() {
        return value.flatMap(found -> switch (found) {
            case StringValue text -> Quantity.tryParse(text.value());
            case IntegerValue number -> Optional.of(Quantity.of(number.value()));
            default -> Optional.empty();
        });
    }

    public boolean same(Spot other) {
        return Trees.same(value, other.value);
    }

    public void add(FieldError error) {
        errors.add(error);
    }

    /** Whether anything has been found wrong since there were {@code before} errors. */
    public int errorCount() {
        return errors.size();
    }

    public void invalid(String why) {
        errors.add(FieldError.invalid(path, value.orElse(Value.of("")), why));
    }

    public void invalid(Value shown, String why) {
        errors.add(FieldError.invalid(path, shown, why));
    }

    /** Invalid, without telling what stands there. */
    public void wrong(String why) {
        errors.add(FieldError.invalid(path, why));
    }

    public void required(String why) {
        errors.add(FieldError.required(path, why));
    }

    public void forbidden(String why) {
        errors.add(FieldError.forbidden(path, why));
    }

    public void duplicate() {
        errors.add(FieldError.duplicate(path, value.orElse(Value.of(""))));
    }

    public void notFound() {
        errors.add(FieldError.notFound(path, value.orElse(Value.of(""))));
    }

    public void notSupported(String... supported) {
        errors.add(FieldError.notSupported(path, value.orElse(Value.of("")), List.of(supported)));
    }

    public void tooLong(int maximum) {
        errors.add(FieldError.tooLong(path, maximum));
    }

    public void atMostItems(int maximum) {
        int size = items().size();
        if (size > maximum) {
            errors.add(FieldError.tooMany(path, size, maximum));
        }
    }

    /** Must be there and not empty; whether it is. */
    public boolean needed() {
        if (empty()) {
            required("");
            return false;
        }
        return true;
    }

    /** One of some words, in the order in which messages tell them. */
    public void oneOf(String... supported) {
        if (!empty() && !List.of(supported).contains(text())) {
            notSupported(supported);
        }
    }

    /** What a rule on texts has to say of a text that is not empty. */
    public void obeys(Function<String, List<String>> rule) {
        if (!empty()) {
            rule.apply(text()).forEach(this::invalid);
        }
    }

    /** As {@link #oneOf}, but an empty text is none of them. */
    public void word(String... supported) {
        if (present() && !List.of(supported).contains(text())) {
            notSupported(supported);
        }
    }

    /** As {@link #word}, and one of them must be there. */
    public void must(String... supported) {
        if (!List.of(supported).contains(text())) {
            notSupported(supported);
        }
    }

    /** What a rule on texts has to say of a text that is there, be it empty. */
    public void given(Function<String, List<String>> rule) {
        if (present()) {
            rule.apply(text()).forEach(this::invalid);
        }
    }

    /** A name that must be there and obey a rule. */
    public void name(Function<String, List<String>> rule) {
        if (needed()) {
            obeys(rule);
        }
    }

    public void between(long minimum, long maximum) {
        if (present()) {
            Names.inRange(number(), minimum, maximum).forEach(this::invalid);
        }
    }

    public void notNegative() {
        if (number() < 0) {
            invalid("must be greater than or equal to 0");
        }
    }

    /** A quantity that is there must not be negative. */
    public void notNegativeQuantity() {
        quantity()
                .filter(amount -> amount.signum() < 0)
                .ifPresent(amount -> invalid(Value.of(amount.toString()), "must be greater than or equal to 0"));
    }

    public void positive() {
        if (number() <= 0) {
            invalid(Value.of(number()), "must be greater than 0");
        }
    }

    public void port() {
        Names.portNumber(number()).forEach(why -> invalid(Value.of(number()), why));
    }

    /** A port's number, or a name that one may have. */
    public void portOrName() {
        if (value.orElse(NullValue.NULL) instanceof StringValue text) {
            Names.portName(text.value()).forEach(this::invalid);
        } else {
            port();
        }
    }

    /** Not yet among those seen. */
    public void unique(Set<String> seen) {
        if (!seen.add(value.map(Value::toString).orElse(""))) {
            duplicate();
        }
    }

    public void immutable(Spot old) {
        if (!same(old)) {
            errors.add(FieldError.invalid(path, value.orElse(NullValue.NULL), "field is immutable"));
        }
    }
}
