package io.argosy.controllermanager.persistentvolume;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.pod.ClaimUse;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Binds claims to volumes and reclaims volumes. Claims and volumes go through one loop with one worker, so that no two
 * decisions are made at once on the same cache.
 */
public final class BinderController implements Controller {

    /** What is looked at. */
    sealed interface Subject {

        record Claim(ObjectKey key) implements Subject {}

        record Volume(String name) implements Subject {}
    }

    /**
     * How it works.
     *
     * @param period after which everything is looked at again
     * @param provisioning whether provisioners are asked at all
     * @param folders whether folders of this machine may become volumes
     */
    public record Settings(Duration period, boolean provisioning, boolean folders) {}

    private final ControllerContext context;
    private final Settings settings;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;
    private final Informer<Pod> pods;
    private final BinderActions actions;
    private final Reclaimer reclaimer;
    private final Provisioning provisioning;
    private final ReconcileLoop<Subject> loop;

    public BinderController(ControllerContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
        claims = context.informers().informer(PersistentVolumeClaim.class);
        volumes = context.informers().informer(PersistentVolume.class);
        classes = context.informers().informer(StorageClass.class);
        pods = context.informers().informer(Pod.class);
        ClaimUse.index(pods);
        actions = new BinderActions(context.client(), context.clock());
        HostPaths paths = new HostPaths(Path.of("/tmp"));
        reclaimer = new Reclaimer(context, actions, paths);
        provisioning = new Provisioning(context, actions, settings.folders() ? Optional.of(paths) : Optional.empty());
        loop = context.loop("claims", 1, this::reconcile);
        claims.addHandler(claimsChange());
        volumes.addHandler(volumesChange());
    }

    private ResourceHandler<PersistentVolumeClaim> claimsChange() {
        return ResourceHandler.any(claim -> {
            loop.add(new Subject.Claim(ResourceType.keyOf(claim)));
            String volume = Binding.text(claim.getSpec().getVolumeName());
            if (!volume.isEmpty()) {
                loop.add(new Subject.Volume(volume));
            }
        });
    }

    private ResourceHandler<PersistentVolume> volumesChange() {
        return ResourceHandler.any(volume -> {
            loop.add(new Subject.Volume(volume.getMetadata().getName()));
            if (volume.getSpec().getClaimRef() != null) {
                loop.add(new Subject.Claim(Binding.claimOf(volume)));
            }
        });
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
        tasks.fork("claims-again", () -> {
            while (true) {
                context.clock().sleep(settings.period());
                volumes.list()
                        .forEach(volume ->
                                loop.add(new Subject.Volume(volume.getMetadata().getName())));
                claims.list().forEach(claim -> loop.add(new Subject.Claim(ResourceType.keyOf(claim))));
            }
        });
    }

    private Outcome reconcile(Subject subject) {
        switch (subject) {
            case Subject.Claim(ObjectKey key) -> claims.get(key).ifPresent(this::claim);
            case Subject.Volume(String name) ->
                volumes.get(new ObjectKey("", name)).ifPresent(this::volume);
        }
        return Outcome.DONE;
    }

    private void claim(PersistentVolumeClaim claim) {
        ClaimPlanner planner = new ClaimPlanner(volumes.list(), classes.list(), unscheduled(claim));
        switch (planner.plan(claim)) {
            case ClaimStep.Bind(PersistentVolume volume) -> actions.bind(volume, claim);
            case ClaimStep.Wait(Optional<ClaimStep.News> news) -> {
                news.ifPresent(each -> tell(claim, each));
                actions.status(claim, "Pending", Optional.empty());
            }
            case ClaimStep.TakeClass(String name) -> actions.takeClass(claim, name);
            case ClaimStep.Provision() -> {
                if (settings.provisioning()) {
                    provisioning.provision(claim, classes.get(new ObjectKey("", Binding.className(claim))));
                }
            }
            case ClaimStep.Lost(ClaimStep.News news) -> {
                if (actions.status(claim, "Lost", Optional.empty())) {
                    tell(claim, news);
                }
            }
            case ClaimStep.Broken(ClaimStep.News news) -> tell(claim, news);
        }
    }

    private void tell(PersistentVolumeClaim claim, ClaimStep.News news) {
        if (news.warning()) {
            context.events().warning(claim, news.reason(), news.message());
        } else {
            context.events().normal(claim, news.reason(), news.message());
        }
    }

    private List<String> unscheduled(PersistentVolumeClaim claim) {
        return ClaimUse.pods(pods, ResourceType.keyOf(claim)).stream()
                .filter(pod -> !Pods.isFinished(pod) && Pods.node(pod).isEmpty())
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
    }

    private void volume(PersistentVolume volume) {
        Optional<PersistentVolumeClaim> claim =
                volume.getSpec().getClaimRef() == null ? Optional.empty() : owner(volume);
        switch (VolumeStep.of(volume, claim)) {
            case VolumeStep.Phase(String phase) -> actions.phase(volume, phase, "");
            case VolumeStep.WakeClaim() -> loop.add(new Subject.Claim(Binding.claimOf(volume)));
            case VolumeStep.WrongMode() -> wrongMode(volume, claim.orElseThrow());
            case VolumeStep.Reclaim() -> reclaimer.reclaim(volume);
            case VolumeStep.Free() -> actions.free(volume);
        }
    }

    /** The cache may not have the claim yet: before a volume is given up, the server is asked. */
    private Optional<PersistentVolumeClaim> owner(PersistentVolume volume) {
        ObjectKey key = Binding.claimOf(volume);
        Optional<PersistentVolumeClaim> cached = claims.get(key);
        String phase = Binding.phase(volume);
        boolean givenUp = phase.equals("Released") || phase.equals("Failed");
        boolean same = cached.isPresent()
                && Objects.equals(
                        cached.get().getMetadata().getUid(),
                        volume.getSpec().getClaimRef().getUid());
        return same || (givenUp && cached.isEmpty())
                ? cached
                : context.client().resource(PersistentVolumeClaim.class).find(key);
    }

    private void wrongMode(PersistentVolume volume, PersistentVolumeClaim claim) {
        context.events()
                .warning(
                        volume,
                        "VolumeMismatch",
                        "Cannot bind PersistentVolume to requested PersistentVolumeClaim \""
                                + claim.getMetadata().getName() + "\" due to incompatible volumeMode.");
        context.events()
                .warning(
                        claim,
                        "VolumeMismatch",
                        "Cannot bind PersistentVolume \"" + volume.getMetadata().getName()
                                + "\" to requested PersistentVolumeClaim due to incompatible volumeMode.");
    }
}
