package io.argosy.kubelet.pod;

import io.argosy.client.events.EventRecorder;
import io.argosy.kubelet.container.ConfigException;
import io.argosy.kubelet.container.ContainerConfigs;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.ContainerConfig;
import io.argosy.kubelet.cri.v1.ImageSpec;
import io.argosy.kubelet.cri.v1.Mount;
import io.argosy.kubelet.cri.v1.PodSandboxConfig;
import io.argosy.kubelet.image.ImageException;
import io.argosy.kubelet.image.Images;
import io.argosy.kubelet.probe.HandlerException;
import io.argosy.kubelet.status.StartFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one container from nothing to running: image, configuration, create, start, postStart hook. */
final class ContainerStarter {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerStarter.class);
    private static final Duration NO_LIMIT = Duration.ZERO;

    /** The pod that a container starts in. */
    record Place(
            Pod pod,
            ObservedPod observed,
            String sandboxId,
            PodSandboxConfig sandbox,
            String runtimeHandler,
            List<String> podIps,
            Map<String, Path> volumes) {}

    private final PodServices services;
    private final ContainerStopper stopper;

    ContainerStarter(PodServices services, ContainerStopper stopper) {
        this.services = services;
        this.stopper = stopper;
    }

    /** Empty when it runs; else why it does not. */
    Optional<StartFailure> start(Place place, PodPlan.Start start) throws InterruptedException {
        Container container = start.container();
        Pod pod = place.pod();
        Images.Present image;
        Map<String, ImageSpec> imageVolumes;
        try {
            image = services.images().ensure(wish(place, container));
            imageVolumes = imageVolumes(place, container);
        } catch (ImageException e) {
            warn(pod, container, "Failed", "Error: " + e.reason());
            return Optional.of(new StartFailure(e.reason(), e.getMessage()));
        }
        ContainerConfig config;
        try {
            config = configure(place, start, image, imageVolumes);
        } catch (ConfigException e) {
            warn(pod, container, "Failed", "Error: " + e.getMessage());
            return Optional.of(new StartFailure(e.reason(), e.getMessage()));
        } catch (IOException e) {
            warn(pod, container, "Failed", "Error: " + e.getMessage());
            return Optional.of(new StartFailure("CreateContainerConfigError", String.valueOf(e.getMessage())));
        }
        return run(place, container, config);
    }

    /** Pulls the images that the container mounts as volumes. */
    private Map<String, ImageSpec> imageVolumes(Place place, Container container)
            throws ImageException, InterruptedException {
        Map<String, ImageSpec> out = new HashMap<>();
        for (Volume volume : PodView.orEmpty(place.pod().getSpec().getVolumes())) {
            boolean mounted = volume.getImage() != null
                    && PodView.orEmpty(container.getVolumeMounts()).stream()
                            .anyMatch(m -> m.getName().equals(volume.getName()));
            if (mounted) {
                String reference =
                        Optional.ofNullable(volume.getImage().getReference()).orElse("");
                String policy =
                        Optional.ofNullable(volume.getImage().getPullPolicy()).orElse("");
                Images.Present image =
                        services.images().ensure(wish(place, ContainerEvents.pod(place.pod()), reference, policy));
                out.put(
                        volume.getName(),
                        ImageSpec.newBuilder()
                                .setImage(image.ref())
                                .setUserSpecifiedImage(reference)
                                .setRuntimeHandler(place.runtimeHandler())
                                .putAllAnnotations(PodView.annotations(place.pod()))
                                .build());
            }
        }
        return out;
    }

    private Images.Wish wish(Place place, Container container) {
        return wish(
                place,
                ContainerEvents.container(place.pod(), container.getName()),
                Optional.ofNullable(container.getImage()).orElse(""),
                Optional.ofNullable(container.getImagePullPolicy()).orElse(""));
    }

    private Images.Wish wish(Place place, ObjectReference about, String image, String policy) {
        List<Secret> secrets = new ArrayList<>();
        for (LocalObjectReference ref : PodView.orEmpty(place.pod().getSpec().getImagePullSecrets())) {
            services.objects()
                    .secret(place.pod().getMetadata().getNamespace(), ref.getName())
                    .ifPresent(secrets::add);
        }
        return new Images.Wish(
                about,
                image,
                policy,
                place.runtimeHandler(),
                secrets,
                place.sandbox(),
                PodView.uid(place.pod()) + "_" + image);
    }

    private ContainerConfig configure(
            Place place, PodPlan.Start start, Images.Present image, Map<String, ImageSpec> imageVolumes)
            throws ConfigException, IOException {
        Pod pod = place.pod();
        Container container = start.container();
        Map<String, String> environment = ContainerConfigs.environment(
                pod, container, services.objects(), services.node(), place.podIps(), services.allocatable());
        List<Mount> mounts =
                services.mounts().of(pod, container, place.volumes(), imageVolumes, environment, place.podIps());
        Optional<String> target = PodView.targetOf(pod, container.getName()).isEmpty()
                ? Optional.empty()
                : Optional.of(target(place, container));
        int attempt = attempt(place, container);
        Files.createDirectories(Path.of(place.sandbox().getLogDirectory()).resolve(container.getName()));
        return services.containers()
                .of(new ContainerConfigs.Start(
                        pod,
                        container,
                        attempt,
                        image.ref(),
                        image.user(),
                        image.userName(),
                        mounts,
                        environment,
                        target));
    }

    private static String target(Place place, Container ephemeral) throws ConfigException {
        String name = PodView.targetOf(place.pod(), ephemeral.getName()).orElseThrow();
        return place.observed()
                .newest(name)
                .map(ObservedContainer::id)
                .orElseThrow(() -> ConfigException.config("unable to find target container " + name));
    }

    /** One more than the last, or than the last log when the runtime has forgotten the container. */
    private static int attempt(Place place, Container container) throws IOException {
        Optional<ObservedContainer> last = place.observed().newest(container.getName());
        if (last.isPresent()) {
            return last.get().attempt() + 1;
        }
        Path logs = Path.of(place.sandbox().getLogDirectory()).resolve(container.getName());
        if (!Files.isDirectory(logs)) {
            return 0;
        }
        int next = 0;
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                int dot = name.indexOf('.');
                if (dot > 0 && name.substring(0, dot).chars().allMatch(Character::isDigit) && dot < 9) {
                    next = Math.max(next, Integer.parseInt(name.substring(0, dot)) + 1);
                }
            }
        }
        return next;
    }

    private Optional<StartFailure> run(Place place, Container container, ContainerConfig config)
            throws InterruptedException {
        Pod pod = place.pod();
        String id;
        try {
            id = services.runtime().createContainer(place.sandboxId(), config, place.sandbox());
        } catch (RuntimeCallException e) {
            warn(pod, container, "Failed", "Error: " + e.getMessage());
            return Optional.of(new StartFailure("CreateContainerError", e.getMessage()));
        }
        normal(pod, container, "Created", "Container created");
        try {
            services.runtime().startContainer(id);
        } catch (RuntimeCallException e) {
            warn(pod, container, "Failed", "Error: " + e.getMessage());
            return Optional.of(new StartFailure("RunContainerError", e.getMessage()));
        }
        normal(pod, container, "Started", "Container started");
        LOG.info("started container pod={} container={} id={}", PodView.key(pod), container.getName(), id);
        if (container.getLifecycle() == null || container.getLifecycle().getPostStart() == null) {
            return Optional.empty();
        }
        return postStart(place, container, id);
    }

    private Optional<StartFailure> postStart(Place place, Container container, String id) throws InterruptedException {
        try {
            services.hooks()
                    .run(
                            place.pod(),
                            container.getName(),
                            id,
                            container.getLifecycle().getPostStart(),
                            place.podIps().isEmpty() ? services.node().hostIps() : place.podIps(),
                            NO_LIMIT);
            return Optional.empty();
        } catch (HandlerException e) {
            LOG.info(
                    "postStart hook failed pod={} container={} error={}",
                    PodView.key(place.pod()),
                    container.getName(),
                    e.getMessage());
            warn(place.pod(), container, "FailedPostStartHook", "PostStartHook failed");
            services
                    .observer()
                    .observe(
                            PodView.uid(place.pod()),
                            place.pod().getMetadata().getName(),
                            place.pod().getMetadata().getNamespace())
                    .containers()
                    .stream()
                    .filter(c -> c.id().equals(id))
                    .findFirst()
                    .ifPresent(c -> stopQuietly(place.pod(), c));
            return Optional.of(new StartFailure("PostStartHookError", String.valueOf(e.getMessage())));
        }
    }

    private void stopQuietly(Pod pod, ObservedContainer container) {
        try {
            stopper.stop(pod, container, PodPlan.KillReason.POD_RESTART, "FailedPostStartHook", OptionalLong.empty());
        } catch (RuntimeCallException e) {
            LOG.warn("cannot stop container pod={} id={} error={}", PodView.key(pod), container.id(), e.describe());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warn(Pod pod, Container container, String reason, String message) {
        services.events()
                .record(
                        ContainerEvents.container(pod, container.getName()),
                        EventRecorder.Type.WARNING,
                        reason,
                        reason,
                        message);
    }

    private void normal(Pod pod, Container container, String reason, String message) {
        services.events()
                .record(
                        ContainerEvents.container(pod, container.getName()),
                        EventRecorder.Type.NORMAL,
                        reason,
                        reason,
                        message);
    }
}
