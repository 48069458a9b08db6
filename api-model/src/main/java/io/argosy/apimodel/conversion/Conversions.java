package io.argosy.apimodel.conversion;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;

/** Conversions between the versions of built-in kinds. Nothing is lost: what a version cannot say, it keeps aside. */
public final class Conversions {

    private static final String AUTOSCALING = "autoscaling";
    private static final String EVENTS = "events.k8s.io";
    private static final String RESOURCE = "resource.k8s.io";

    private Conversions() {}

    /**
     * The object in another version. The tree given is used up; {@code apiVersion} and {@code kind} are left to the
     * caller. Versions that differ in nothing but their name are given back as they are.
     */
    public static ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
        if (from.groupVersion().equals(to.groupVersion())) {
            return object;
        }
        switch (from.kind()) {
            case "Event" -> convertEvent(object, from, to);
            case "HorizontalPodAutoscaler" -> convertAutoscaler(object, from, to);
            case "CustomResourceDefinition" -> convertCustomResource(object, from, to);
            case "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice" -> convertDevices(object, from, to);
            default -> {}
        }
        return object;
    }

    private static void convertEvent(ObjectValue event, GroupVersionKind from, GroupVersionKind to) {
        if (to.group().equals(EVENTS) && from.group().isEmpty()) {
            EventConversion.toCurrent(event);
        } else if (from.group().equals(EVENTS) && to.group().isEmpty()) {
            EventConversion.toLegacy(event);
        }
    }

    private static void convertAutoscaler(ObjectValue autoscaler, GroupVersionKind from, GroupVersionKind to) {
        if (!from.group().equals(AUTOSCALING)) {
            return;
        }
        if (to.version().equals("v1")) {
            AutoscalerConversion.toFirst(autoscaler);
        } else if (from.version().equals("v1")) {
            AutoscalerConversion.fromFirst(autoscaler);
        }
    }

    private static void convertCustomResource(ObjectValue definition, GroupVersionKind from, GroupVersionKind to) {
        if (to.version().equals("v1beta1")) {
            CustomResourceConversion.toBeta(definition);
        } else if (from.version().equals("v1beta1")) {
            CustomResourceConversion.fromBeta(definition);
        }
    }

    private static void convertDevices(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
        if (!from.group().equals(RESOURCE)) {
            return;
        }
        if (to.version().equals("v1beta1")) {
            DeviceConversion.toFirstBeta(object);
        } else if (from.version().equals("v1beta1")) {
            DeviceConversion.fromFirstBeta(object);
        }
    }
}
