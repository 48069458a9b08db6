package io.argosy.apiserver.cel;

/** What came of an expression. */
public sealed interface Outcome {

    /** @param value in Java's types: Boolean, Long, Double, String, List, Map, Duration, Instant, ... */
    record Result(Object value) implements Outcome {
        public boolean isTrue() {
            return Boolean.TRUE.equals(value);
        }
    }

    /**
     * @param why in the words of the API: {@code expression 'x' resulted in error: no such key: y}
     * @param cause the error alone: {@code no such key: y}
     */
    record Failed(String why, String cause) implements Outcome {}

    /** Nothing more may be evaluated for this object. */
    record OutOfBudget() implements Outcome {
        public static final String WORDS =
                "validation failed due to running out of cost budget, no further validation rules will be run";
    }
}
