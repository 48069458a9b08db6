package io.argosy.daemon.health;

/** One named question to the daemon: is this part of it well? */
public interface HealthCheck {

    /** As it stands in {@code [+]name ok} and in the path {@code /healthz/name}. */
    String name();

    /** Returns when well, throws when not; called by any thread, must answer quickly. */
    void check() throws Exception;

    /** A check made of a name and a question. */
    static HealthCheck of(String name, Question question) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void check() throws Exception {
                question.ask();
            }
        };
    }

    /** Always well: that the process answers is the check. */
    static HealthCheck ping() {
        return of("ping", () -> {});
    }

    /** What a check asks. */
    interface Question {
        void ask() throws Exception;
    }
}
