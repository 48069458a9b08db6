package io.argosy.controllermanager.volumeexpansion;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says of claims that ask for more than they have that a driver's own controller makes their volume larger: no volume
 * is made larger by this process.
 */
public final class ExpansionController implements Controller {

    private final ControllerContext context;
    private final Informer<PersistentVolumeClaim> claims;
    private final ReconcileLoop<ObjectKey> loop;

    public ExpansionController(ControllerContext context) {
        this.context = context;
        claims = context.informers().informer(PersistentVolumeClaim.class);
        loop = context.loop("volume_expand", 10, this::reconcile);
        claims.addHandler(new ResourceHandler<>() {
            @Override
            public void added(PersistentVolumeClaim claim, boolean initial) {
                wake(claim);
            }

            @Override
            public void updated(PersistentVolumeClaim before, PersistentVolumeClaim after) {
                if (wanted(after).compareTo(wanted(before)) > 0 || had(after).compareTo(had(before)) > 0) {
                    wake(after);
                }
            }

            @Override
            public void deleted(PersistentVolumeClaim last) {}
        });
    }

    private void wake(PersistentVolumeClaim claim) {
        if (asksForMore(claim)) {
            loop.add(ResourceType.keyOf(claim));
        }
    }

    /** Whether a bound claim asks for more than it has. Pure. */
    static boolean asksForMore(PersistentVolumeClaim claim) {
        return claim.getStatus() != null
                && "Bound".equals(claim.getStatus().getPhase())
                && wanted(claim).compareTo(had(claim)) > 0;
    }

    private static Quantity wanted(PersistentVolumeClaim claim) {
        return storage(
                claim.getSpec().getResources() == null
                        ? null
                        : claim.getSpec().getResources().getRequests());
    }

    private static Quantity had(PersistentVolumeClaim claim) {
        return storage(claim.getStatus() == null ? null : claim.getStatus().getCapacity());
    }

    private static Quantity storage(@Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts) {
        return amounts == null || amounts.get("storage") == null
                ? Quantity.ZERO
                : Quantity.tryParse(amounts.get("storage").toString()).orElse(Quantity.ZERO);
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<PersistentVolumeClaim> claim = claims.get(key).filter(ExpansionController::asksForMore);
        if (claim.isEmpty()) {
            return Outcome.DONE;
        }
        PersistentVolume volume = context.client()
                .resource(PersistentVolume.class)
                .get(new ObjectKey("", claim.get().getSpec().getVolumeName()));
        boolean bound = volume.getSpec().getClaimRef() != null
                && Objects.equals(
                        volume.getSpec().getClaimRef().getUid(),
                        claim.get().getMetadata().getUid());
        if (!bound) {
            return Outcome.retry("persistent Volume is not bound to PVC being updated : " + key);
        }
        if (volume.getSpec().getCsi() != null) {
            context.events()
                    .normal(claim.get(), "ExternalExpanding", "waiting for an external controller to expand this PVC");
        } else {
            context.events()
                    .warning(claim.get(), "ExternalExpanding", "waiting for an external controller to expand this PVC");
        }
        return Outcome.DONE;
    }
}
