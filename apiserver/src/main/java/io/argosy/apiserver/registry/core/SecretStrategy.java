package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.LifecycleStrategy;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes to secrets: what was given as text goes into the data, and is kept nowhere else. */
public final class SecretStrategy extends LifecycleStrategy {

    public SecretStrategy(Lifecycle lifecycle, Validation validation) {
        super(lifecycle, validation);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue secret) {
        super.prepareForCreate(context, secret);
        mergeTexts(secret);
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue secret, ObjectValue old) {
        mergeTexts(secret);
        if (secret.string("type").orElse("").isEmpty()) {
            old.string("type").ifPresent(type -> secret.put("type", type));
        }
        super.prepareForUpdate(context, secret, old);
    }

    private static void mergeTexts(ObjectValue secret) {
        secret.object("stringData").ifPresent(texts -> {
            ObjectValue data = secret.objectOrNew("data");
            texts.fields().forEach((key, value) -> {
                if (value instanceof StringValue text) {
                    byte[] bytes = text.value().getBytes(StandardCharsets.UTF_8);
                    data.put(key, Base64.getEncoder().encodeToString(bytes));
                }
            });
        });
        secret.remove("stringData");
    }
}
