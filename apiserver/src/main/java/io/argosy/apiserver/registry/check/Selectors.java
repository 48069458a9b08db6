package io.argosy.apiserver.registry.check;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rules of labels and of what selects by them. */
public final class Selectors {

    private Selectors() {}

    public static void labels(Spot labels) {
        for (Spot.Entry label : labels.entries()) {
            labelName(label.key(), labels);
            Names.labelValue(label.spot().text())
                    .forEach(why -> labels.add(
                            FieldError.invalid(labels.path(), label.spot().text(), why)));
        }
    }

    private static void labelName(String name, Spot where) {
        Names.qualifiedName(name).forEach(why -> where.add(FieldError.invalid(where.path(), name, why)));
    }

    /** A {@code LabelSelector}. */
    public static void check(Spot selector) {
        labels(selector.at("matchLabels"));
        for (Spot expression : selector.items("matchExpressions")) {
            Spot values = expression.at("values");
            switch (expression.text("operator")) {
                case "In", "NotIn" -> {
                    if (values.empty()) {
                        values.required("must be specified when `operator` is 'In' or 'NotIn'");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (!values.empty()) {
                        values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    }
                }
                default -> expression.at("operator").invalid("not a valid selector operator");
            }
            labelName(expression.text("key"), expression.at("key"));
            for (Spot value : values.items()) {
                Names.labelValue(value.text()).forEach(value::invalid);
            }
        }
    }

    /** The selector, when it can be read. */
    public static Optional<LabelSelector> read(Spot selector) {
        try {
            return selector.present() ? Optional.of(LabelSelector.of(selector.object())) : Optional.empty();
        } catch (ApiException _) {
            return Optional.empty();
        }
    }

    public static Map<String, String> texts(ObjectValue map) {
        Map<String, String> texts = new HashMap<>();
        map.fields().forEach((key, value) -> {
            if (value instanceof StringValue text) {
                texts.put(key, text.value());
            }
        });
        return texts;
    }
}
