package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges several writes of one namespace together: each quota is written once for all of them, and a quota that
 * somebody else changed meanwhile is looked at again.
 */
final class QuotaLedger {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaLedger.class);
    private static final int RETRIES = 3;

    private final ClusterObjects objects;
    private final List<LimitedResource> limited;

    QuotaLedger(ClusterObjects objects, List<LimitedResource> limited) {
        this.objects = objects;
        this.limited = List.copyOf(limited);
    }

    /** One write that waits for its answer. */
    interface Entry {

        Charge charge();

        void allow();

        void refuse(Verdict verdict);

        void fail(ApiException cause);
    }

    /** Answers every entry. */
    void settle(String namespace, List<? extends Entry> entries) {
        List<Quota> quotas = read(namespace);
        if (quotas.isEmpty() && limited.isEmpty()) {
            entries.forEach(Entry::allow);
            return;
        }
        settle(namespace, quotas, new ArrayList<>(entries), RETRIES);
    }

    private List<Quota> read(String namespace) {
        return objects.list(Resources.RESOURCE_QUOTAS, namespace).stream()
                .map(Quota::of)
                .toList();
    }

    private void settle(String namespace, List<Quota> before, List<Entry> entries, int retries) {
        List<Quota> running = before;
        List<Entry> charged = new ArrayList<>();
        for (Entry entry : entries) {
            switch (QuotaCheck.of(running, entry.charge(), limited)) {
                case Verdict.Fits(List<Quota> after) -> {
                    if (entry.charge().dryRun() || sameUse(running, after)) {
                        entry.allow();
                    } else {
                        charged.add(entry);
                        running = after;
                    }
                }
                case Verdict refused -> entry.refuse(refused);
            }
        }
        if (charged.isEmpty()) {
            return;
        }
        List<String> failed = new ArrayList<>();
        Optional<ApiException> cause = write(before, running, failed);
        if (cause.isEmpty()) {
            charged.forEach(Entry::allow);
        } else if (retries == 0) {
            charged.forEach(entry -> entry.fail(cause.get()));
        } else {
            // The other quotas have been charged: only those that changed are asked again.
            List<Quota> again = failed.stream()
                    .flatMap(name -> objects.findLatest(Resources.RESOURCE_QUOTAS, namespace, name).stream())
                    .map(Quota::of)
                    .toList();
            settle(namespace, again, charged, retries - 1);
        }
    }

    private static boolean sameUse(List<Quota> first, List<Quota> second) {
        for (int i = 0; i < first.size(); i++) {
            if (!first.get(i).used().sameAs(second.get(i).used())) {
                return false;
            }
        }
        return true;
    }

    /** Writes the quotas whose use changed; names those that could not be, and gives the last reason. */
    private Optional<ApiException> write(List<Quota> before, List<Quota> after, List<String> failed) {
        Optional<ApiException> last = Optional.empty();
        for (int i = 0; i < before.size(); i++) {
            Quota old = before.get(i);
            Quota next = after.get(i);
            if (old.used().sameAs(next.used())) {
                continue;
            }
            try {
                objects.update(
                        Resources.RESOURCE_QUOTAS, old.namespace(), old.name(), stored -> charged(stored, old, next));
            } catch (ApiException e) {
                LOG.debug("quota is not charged quota={}/{} reason={}", old.namespace(), old.name(), e.message());
                failed.add(old.name());
                last = Optional.of(e);
            }
        }
        return last;
    }

    /** The stored quota with the new use, provided that it is still what the decision was made on. */
    private static ObjectValue charged(ObjectValue stored, Quota old, Quota next) {
        if (!Quota.of(stored).equals(old)) {
            throw ApiException.conflict(
                    Resources.RESOURCE_QUOTAS,
                    old.name(),
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        stored.objectOrNew("status").put("used", next.used().toTree());
        return stored;
    }
}
