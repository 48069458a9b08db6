package io.argosy.dns.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers of resolvers, kept for their shortest TTL but at most {@link #LONGEST}; negative ones as their SOA says (RFC
 * 2308), failures for a second. Holds at most {@code capacity} answers: when full, the one used longest ago goes.
 */
public final class AnswerCache {

    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration FAILURE = Duration.ofSeconds(1);

    private record Question(Name name, int type) {}

    private record Kept(Message answer, Instant until) {}

    private final InstantSource clock;
    private final Map<Question, Kept> answers;

    public AnswerCache(InstantSource clock, int capacity) {
        this.clock = clock;
        this.answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
                return size() > capacity;
            }
        };
    }

    /** A kept answer, if it is still good; its id and question are those of the question it was made for. */
    public synchronized Optional<Message> find(Name name, int type) {
        Question question = new Question(name, type);
        Kept kept = answers.get(question);
        if (kept == null) {
            return Optional.empty();
        }
        if (clock.instant().isAfter(kept.until())) {
            answers.remove(question);
            return Optional.empty();
        }
        return Optional.of(kept.answer());
    }

    /** Keeps an answer; one that was cut short is not kept. */
    public synchronized void keep(Name name, int type, Message answer) {
        if (answer.getHeader().getFlag(Flags.TC)) {
            return;
        }
        answers.put(new Question(name, type), new Kept(answer, clock.instant().plus(life(answer))));
    }

    static Duration life(Message answer) {
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return FAILURE;
        }
        long seconds = LONGEST.toSeconds();
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
            for (Record record : answer.getSection(section)) {
                if (record.getDClass() == DClass.IN && record.getType() != Type.OPT) {
                    seconds = Math.min(seconds, record.getTTL());
                }
            }
        }
        return Duration.ofSeconds(seconds);
    }
}
