package io.argosy.apiserver.admission.limitranger;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an object asks for outside one limit, in the words of the refusal. */
final class Bounds {

    private final String type;
    private final List<String> problems = new ArrayList<>();

    private Bounds(String type) {
        this.type = type;
    }

    static List<String> ofPod(ObjectValue pod, ObjectValue limit) {
        Bounds bounds = new Bounds(LimitRanger.type(limit));
        if (bounds.type.equals("Container")) {
            for (String list : List.of("containers", "initContainers")) {
                pod.array("spec", list).stream()
                        .flatMap(ArrayValue::objects)
                        .forEach(container -> bounds.check(Amounts.of(container), limit));
            }
        } else if (bounds.type.equals("Pod")) {
            bounds.check(Amounts.ofPod(pod), limit);
        }
        return bounds.problems;
    }

    static List<String> ofClaim(ObjectValue claim, ObjectValue limit) {
        Bounds bounds = new Bounds(LimitRanger.type(limit));
        if (bounds.type.equals("PersistentVolumeClaim")) {
            Map<String, Quantity> requests = Amounts.read(claim.object("spec", "resources", "requests"));
            Amounts amounts = new Amounts(requests, Map.of());
            Amounts.read(limit.object("min")).forEach((name, bound) -> bounds.minimum(name, bound, amounts));
            Amounts.read(limit.object("max")).forEach((name, bound) -> bounds.maximumRequest(name, bound, amounts));
        }
        return bounds.problems;
    }

    private void check(Amounts amounts, ObjectValue limit) {
        Amounts.read(limit.object("min")).forEach((name, bound) -> minimum(name, bound, amounts));
        Amounts.read(limit.object("max")).forEach((name, bound) -> maximum(name, bound, amounts));
        Amounts.read(limit.object("maxLimitRequestRatio")).forEach((name, bound) -> ratio(name, bound, amounts));
    }

    private void minimum(String name, Quantity bound, Amounts amounts) {
        Quantity request = amounts.requests().get(name);
        Quantity limit = amounts.limits().get(name);
        String subject = "minimum " + name + " usage per " + type + " is " + bound;
        if (request == null) {
            problems.add(subject + ".  No request is specified");
        } else if (request.compareTo(bound) < 0) {
            problems.add(subject + ", but request is " + request);
        } else if (limit != null && limit.compareTo(bound) < 0) {
            problems.add(subject + ", but limit is " + limit);
        }
    }

    private void maximum(String name, Quantity bound, Amounts amounts) {
        Quantity request = amounts.requests().get(name);
        Quantity limit = amounts.limits().get(name);
        String subject = "maximum " + name + " usage per " + type + " is " + bound;
        if (limit == null) {
            problems.add(subject + ".  No limit is specified");
        } else if (limit.compareTo(bound) > 0) {
            problems.add(subject + ", but limit is " + limit);
        } else if (request != null && request.compareTo(bound) > 0) {
            problems.add(subject + ", but request is " + request);
        }
    }

    private void maximumRequest(String name, Quantity bound, Amounts amounts) {
        Quantity request = amounts.requests().get(name);
        String subject = "maximum " + name + " usage per " + type + " is " + bound;
        if (request == null) {
            problems.add(subject + ".  No request is specified");
        } else if (request.compareTo(bound) > 0) {
            problems.add(subject + ", but request is " + request);
        }
    }

    private void ratio(String name, Quantity bound, Amounts amounts) {
        Quantity request = amounts.requests().get(name);
        Quantity limit = amounts.limits().get(name);
        String subject = name + " max limit to request ratio per " + type + " is " + bound;
        if (request == null || request.isZero()) {
            problems.add(subject + ", but no request is specified or request is 0");
            return;
        }
        if (limit == null || limit.isZero()) {
            problems.add(subject + ", but no limit is specified or limit is 0");
            return;
        }
        double actual =
                limit.amount().divide(request.amount(), 6, RoundingMode.HALF_UP).doubleValue();
        if (actual > bound.asDouble()) {
            problems.add(subject + ", but provided ratio is " + String.format(java.util.Locale.ROOT, "%f", actual));
        }
    }
}
