package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What machines in containers need, made by the first test class that asks and kept until the last has ended: the tests'
 * client of the engine keeps its connection. Where this computer cannot run such machines, the tests are skipped and say
 * why; with {@code -Dmachines} they fail instead.
 */
final class Machines implements BeforeAllCallback {

    private static Optional<Outcome> outcome = Optional.empty();

    private sealed interface Outcome {
        record Ready() implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ensure();
    }

    static void ensure() {
        synchronized (Machines.class) {
            if (outcome.isEmpty()) {
                outcome = Optional.of(prepare());
            }
            if (outcome.get() instanceof Outcome.Refused(String why)) {
                throw new TestAbortedException(why);
            }
        }
    }

    static Path distribution() {
        return Path.of(System.getProperty("argosy.distribution"));
    }

    private static Outcome prepare() {
        try {
            DockerEngine.start(Path.of("/var/cache/argosy-e2e/docker"));
            NodeImage.ensure();
            Machine.start(distribution(), "trial").close();
            return new Outcome.Ready();
        } catch (IOException | RuntimeException | AssertionError e) {
            if (!System.getProperty("machines", "unset").equals("unset")) {
                throw new AssertionError("This computer cannot run machines in containers", e);
            }
            String why =
                    "SKIPPED: this computer cannot run machines in containers (root, dockerd, debootstrap and their"
                            + " packages are needed): " + e.getMessage();
            System.err.println(why);
            return new Outcome.Refused(why);
        }
    }
}
