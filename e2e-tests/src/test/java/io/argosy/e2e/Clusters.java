package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One machine with one cluster for all test classes that share it; made by the first, ended with the last. */
final class Clusters implements BeforeAllCallback {

    private static Optional<Running> running = Optional.empty();

    /** What ends when the tests do. */
    record Running(DockerEngine engine, Machine machine, String upOutput, Path kubeconfig) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            machine.close();
            engine.close();
            Files.deleteIfExists(kubeconfig);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        synchronized (Clusters.class) {
            if (running.isEmpty()) {
                Running made = make();
                running = Optional.of(made);
                context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put("cluster", made);
            }
        }
    }

    static Running cluster() {
        synchronized (Clusters.class) {
            return running.orElseThrow();
        }
    }

    private static Running make() throws IOException, InterruptedException {
        DockerEngine engine = DockerEngine.start(Path.of("/var/cache/argosy-e2e/docker"));
        try {
            NodeImage.ensure();
            Path distribution = Path.of(System.getProperty("argosy.distribution"));
            Machine machine = Machine.start(distribution, "node1");
            try {
                String up = machine.must(Machine.ARGOSY, "up");
                Path kubeconfig = Files.createTempFile("argosy-e2e", ".kubeconfig");
                Files.writeString(kubeconfig, machine.must(Machine.ARGOSY, "kubeconfig"));
                return new Running(engine, machine, up, kubeconfig);
            } catch (RuntimeException | Error e) {
                machine.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }
}
