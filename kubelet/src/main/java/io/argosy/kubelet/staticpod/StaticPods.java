package io.argosy.kubelet.staticpod;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;

/** Reads pods from the files of a directory, again and again. A pod's uid is made of its content, so a change is a new pod. */
public final class StaticPods {

    private static final Logger LOG = LoggerFactory.getLogger(StaticPods.class);
    private static final long LARGEST = 3L * 1024 * 1024;

    private final Path path;
    private final String node;
    private final Duration period;
    private final Clock clock;
    private final Consumer<Map<String, Pod>> pods;

    /** @param pods hears all pods by uid after each reading that was complete */
    public StaticPods(Path path, String node, Duration period, Clock clock, Consumer<Map<String, Pod>> pods) {
        this.path = path;
        this.node = node;
        this.period = period;
        this.clock = clock;
        this.pods = pods;
    }

    public void run() throws InterruptedException {
        // A cheap look each second; everything is told again after the full period.
        long told = 0;
        String before = "";
        while (true) {
            try {
                String now = fingerprint();
                boolean due = clock.nanoTime() - told > period.toNanos();
                if (!now.equals(before) || due) {
                    pods.accept(read());
                    before = now;
                    told = clock.nanoTime();
                }
            } catch (IOException e) {
                LOG.warn("cannot read static pods path={} error={}", path, e.getMessage());
            }
            clock.sleep(Duration.ofSeconds(1));
        }
    }

    private String fingerprint() throws IOException {
        StringBuilder out = new StringBuilder();
        for (Path file : files()) {
            out.append(file).append(Files.getLastModifiedTime(file)).append(Files.size(file));
        }
        return out.toString();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.exists(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(p -> !p.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    Map<String, Pod> read() throws IOException {
        Map<String, Pod> out = new LinkedHashMap<>();
        for (Path file : files()) {
            try {
                if (Files.size(file) > LARGEST) {
                    throw new IOException("larger than 3 MiB");
                }
                Pod pod = parse(file, Files.readString(file));
                out.put(PodView.uid(pod), pod);
            } catch (IOException | RuntimeException e) {
                LOG.warn("could not process manifest file path={} error={}", file, e.getMessage());
            }
        }
        return out;
    }

    private Pod parse(Path file, String text) throws IOException {
        Object document =
                new Load(LoadSettings.builder().setMaxAliasesForCollections(50).build()).loadFromString(text);
        Pod pod;
        try {
            pod = ObjectJson.read(ObjectJson.write(document), Pod.class);
        } catch (JacksonException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!"Pod".equals(pod.getKind())
                || pod.getMetadata() == null
                || pod.getMetadata().getName() == null
                || pod.getSpec() == null) {
            throw new IOException("couldn't parse as pod");
        }
        complete(pod, file, text);
        return pod;
    }

    private void complete(Pod pod, Path file, String text) throws IOException {
        Map<String, String> annotations = new LinkedHashMap<>(PodView.annotations(pod));
        String uid = pod.getMetadata().getUid();
        if (uid == null || uid.isEmpty()) {
            uid = digest("host:" + node + "file:" + file + text);
        }
        pod.getMetadata().setUid(uid);
        pod.getMetadata().setName(pod.getMetadata().getName() + "-" + node);
        if (pod.getMetadata().getNamespace() == null) {
            pod.getMetadata().setNamespace("default");
        }
        annotations.put(PodView.CONFIG_SOURCE, "file");
        annotations.put(PodView.CONFIG_HASH, uid);
        annotations.put("kubernetes.io/config.seen", clock.instant().toString());
        pod.getMetadata().setAnnotations(annotations);
        pod.getSpec().setNodeName(node);
        if (pod.getSpec().getRestartPolicy() == null) {
            pod.getSpec().setRestartPolicy("Always");
        }
        if (pod.getSpec().getTerminationGracePeriodSeconds() == null) {
            pod.getSpec().setTerminationGracePeriodSeconds(30L);
        }
        List<Toleration> tolerations =
                new ArrayList<>(PodView.orEmpty(pod.getSpec().getTolerations()));
        tolerations.add(new Toleration("NoExecute", null, "Exists", null, null));
        pod.getSpec().setTolerations(tolerations);
        pod.setStatus(null);
    }

    private static String digest(String text) throws IOException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
