package io.argosy.apiserver.admission;

import java.util.List;

/** The plugins in their order: first all mutate, then, on the object that came out, all validate. */
public record AdmissionChain(List<AdmissionPlugin> plugins) {

    public static final AdmissionChain EMPTY = new AdmissionChain(List.of());

    public AdmissionChain {
        plugins = List.copyOf(plugins);
    }

    /** All plugins mutate; once more when one of them asks for it, as others may care for what it changed. */
    public void mutate(AdmissionRequest request) {
        mutateOnce(request);
        if (request.rounds().secondWanted()) {
            request.rounds().beginSecond();
            mutateOnce(request);
        }
    }

    private void mutateOnce(AdmissionRequest request) {
        for (AdmissionPlugin plugin : plugins) {
            if (plugin.handles(request.operation())) {
                plugin.mutate(request);
            }
        }
    }

    public void validate(AdmissionRequest request) {
        for (AdmissionPlugin plugin : plugins) {
            if (plugin.handles(request.operation())) {
                plugin.validate(request);
            }
        }
    }
}
