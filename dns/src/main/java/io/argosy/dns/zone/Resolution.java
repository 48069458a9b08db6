package io.argosy.dns.zone;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What the cluster's zone says to a question. */
public sealed interface Resolution {

    /** Records that answer, and addresses that go with them. */
    record Found(List<Record> answers, List<Record> additional) implements Resolution {
        public Found {
            answers = List.copyOf(answers);
            additional = List.copyOf(additional);
        }

        static Found of(List<Record> answers) {
            return new Found(answers, List.of());
        }
    }

    /** The name is another one's alias: {@code alias} is the answer, the addresses of {@code target} complete it. */
    record Alias(Record alias, Name target) implements Resolution {}

    /** The name exists, but has no record of the type asked for. */
    record NoData() implements Resolution {}

    /** The name does not exist. */
    record NoSuchName() implements Resolution {}

    /** The name is not in the cluster's zones. */
    record NotOurs() implements Resolution {}
}
