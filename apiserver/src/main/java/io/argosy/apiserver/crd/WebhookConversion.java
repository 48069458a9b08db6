package io.argosy.apiserver.crd;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.Converter;
import io.argosy.apiserver.callout.CallTarget;
import io.argosy.apiserver.callout.CalloutException;
import io.argosy.apiserver.callout.WebhookCaller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Converts custom resources by asking the webhook that their definition names. */
final class WebhookConversion implements Converter {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final WebhookCaller caller;
    private final Supplier<UUID> ids;
    private final CallTarget target;
    private final List<String> versions;

    /** @param webhook {@code spec.conversion.webhook} of a definition */
    WebhookConversion(ObjectValue webhook, WebhookCaller caller, Supplier<UUID> ids) {
        this.caller = caller;
        this.ids = ids;
        this.target = CallTarget.of(webhook.object("clientConfig").orElseGet(ObjectValue::new));
        this.versions = webhook.array("conversionReviewVersions")
                .map(list -> list.strings().toList())
                .orElse(List.of());
    }

    @Override
    public ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
        return convertAll(List.of(object), from, to).getFirst();
    }

    @Override
    public List<ObjectValue> convertAll(List<ObjectValue> objects, GroupVersionKind from, GroupVersionKind to) {
        if (objects.isEmpty() || from.groupVersion().equals(to.groupVersion())) {
            return objects;
        }
        String desired = to.apiVersion();
        for (ObjectValue object : objects) {
            object.put("apiVersion", from.apiVersion()).put("kind", from.kind());
        }
        List<ObjectValue> converted = ask(objects, from, desired);
        if (converted.size() != objects.size()) {
            throw failed(from, "returned " + converted.size() + " objects, expected " + objects.size());
        }
        for (int i = 0; i < objects.size(); i++) {
            Optional<String> wrong = ConversionReview.settle(objects.get(i), converted.get(i), desired);
            if (wrong.isPresent()) {
                throw failed(from, "returned invalid converted object at index " + i + ": " + wrong.get());
            }
        }
        return converted;
    }

    private List<ObjectValue> ask(List<ObjectValue> objects, GroupVersionKind from, String desired) {
        String version = ConversionReview.version(versions)
                .orElseThrow(() -> new ApiException(
                        500, "", "no supported conversion review versions", ApiException.Details.NONE));
        String uid = ids.get().toString();
        try {
            byte[] answer = caller.post(target, ConversionReview.request(version, uid, objects, desired), TIMEOUT);
            return ConversionReview.answer(answer, version, uid);
        } catch (CalloutException e) {
            throw failed(from, "failed: " + e.message());
        } catch (ConversionReview.Malformed e) {
            throw failed(from, "failed: " + e.why());
        }
    }

    private static ApiException failed(GroupVersionKind kind, String why) {
        return new ApiException(500, "", "conversion webhook for " + kind + " " + why, ApiException.Details.NONE);
    }
}
