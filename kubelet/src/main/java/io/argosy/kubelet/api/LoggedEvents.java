package io.argosy.kubelet.api;

import io.argosy.client.events.EventRecorder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of a node without an API server go to its log. */
public final class LoggedEvents implements EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedEvents.class);

    @Override
    public void record(ObjectReference regarding, Type type, String reason, String action, String message) {
        LOG.info(
                "event object={}/{} field={} type={} reason={} message={}",
                regarding.getNamespace(),
                regarding.getName(),
                regarding.getFieldPath(),
                type.text(),
                reason,
                message);
    }
}
