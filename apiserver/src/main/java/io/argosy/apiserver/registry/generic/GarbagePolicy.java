package io.argosy.apiserver.registry.generic;

import io.argosy.apiserver.registry.Strategy.Garbage;
import io.argosy.apiserver.request.DeleteOptions;
import java.util.ArrayList;
import java.util.List;

/** Which finalizers a delete leaves for the garbage collector. See the Kubernetes page "Garbage Collection". */
final class GarbagePolicy {

    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    private GarbagePolicy() {}

    /** The finalizers that the object has when the deletion begins. */
    static List<String> finalizers(List<String> current, DeleteOptions options, Garbage byDefault) {
        List<String> finalizers = new ArrayList<>(current);
        finalizers.remove(ORPHAN);
        finalizers.remove(FOREGROUND);
        if (orphans(current, options, byDefault)) {
            finalizers.add(ORPHAN);
        }
        if (waitsForDependents(current, options, byDefault)) {
            finalizers.add(FOREGROUND);
        }
        boolean same = finalizers.size() == current.size() && finalizers.containsAll(current);
        return same ? current : finalizers;
    }

    private static boolean orphans(List<String> current, DeleteOptions options, Garbage byDefault) {
        if (byDefault == Garbage.UNSUPPORTED) {
            return false;
        }
        if (options.orphanDependents().isPresent()) {
            return options.orphanDependents().get();
        }
        return switch (options.propagationPolicy()) {
            case "Orphan" -> true;
            case "Background", "Foreground" -> false;
            default -> {
                for (String finalizer : current) {
                    if (finalizer.equals(ORPHAN)) {
                        yield true;
                    }
                    if (finalizer.equals(FOREGROUND)) {
                        yield false;
                    }
                }
                yield byDefault == Garbage.ORPHAN_DEPENDENTS;
            }
        };
    }

    private static boolean waitsForDependents(List<String> current, DeleteOptions options, Garbage byDefault) {
        if (byDefault == Garbage.UNSUPPORTED || options.orphanDependents().isPresent()) {
            return false;
        }
        return switch (options.propagationPolicy()) {
            case "Orphan", "Background" -> false;
            case "Foreground" -> true;
            default -> {
                for (String finalizer : current) {
                    if (finalizer.equals(FOREGROUND)) {
                        yield true;
                    }
                    if (finalizer.equals(ORPHAN)) {
                        yield false;
                    }
                }
                yield false;
            }
        };
    }
}
