package io.argosy.dns.server;

import io.argosy.dns.forward.Forwarder;
import io.argosy.dns.zone.ClusterZone;
import io.argosy.dns.zone.Resolution;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Turns a question into an answer: from the zone at once, or through the forwarder. */
final class Answerer {

    private static final int EDNS_PAYLOAD = 1232;

    private final ClusterZone zone;
    private final Forwarder forwarder;

    Answerer(ClusterZone zone, Forwarder forwarder) {
        this.zone = zone;
        this.forwarder = forwarder;
    }

    /** The answer that needs nobody else; empty when a resolver must be asked. Never blocks. */
    Optional<Message> atOnce(Message query) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return Optional.of(refusal(query, Rcode.NOTIMP));
        }
        Record question = query.getQuestion();
        if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
            return Optional.of(refusal(query, Rcode.FORMERR));
        }
        if (question.getDClass() != DClass.IN) {
            return Optional.of(refusal(query, Rcode.REFUSED));
        }
        if (question.getType() == Type.AXFR || question.getType() == Type.IXFR) {
            return Optional.of(refusal(query, Rcode.REFUSED));
        }
        return switch (zone.resolve(question.getName(), question.getType())) {
            case Resolution.Found found -> Optional.of(found(query, found));
            case Resolution.NoData _ -> Optional.of(negative(query, Rcode.NOERROR));
            case Resolution.NoSuchName _ -> Optional.of(negative(query, Rcode.NXDOMAIN));
            case Resolution.Alias alias -> aliasAtOnce(query, alias);
            case Resolution.NotOurs _ -> Optional.empty();
        };
    }

    /** The answer that a resolver gives. Blocks. */
    Message forwarded(Message query) {
        Record question = query.getQuestion();
        if (zone.resolve(question.getName(), question.getType()) instanceof Resolution.Alias alias) {
            Message answer = begin(query, Rcode.NOERROR, true);
            answer.addRecord(alias.alias(), Section.ANSWER);
            ask(alias.target(), question.getType())
                    .ifPresent(target -> target.getSection(Section.ANSWER)
                            .forEach(record -> answer.addRecord(record, Section.ANSWER)));
            return answer;
        }
        Optional<Message> asked = forwarder.ask(question);
        if (asked.isEmpty()) {
            return refusal(query, Rcode.SERVFAIL);
        }
        Message answer = begin(query, asked.get().getRcode(), false);
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL}) {
            for (Record record : asked.get().getSection(section)) {
                if (!(record instanceof OPTRecord)) {
                    answer.addRecord(record, section);
                }
            }
        }
        return answer;
    }

    /** An answer without records. */
    static Message refusal(Message query, int code) {
        return begin(query, code, false);
    }

    private Optional<Message> ask(Name name, int type) {
        return forwarder.ask(Record.newRecord(name, type, DClass.IN));
    }

    private Optional<Message> aliasAtOnce(Message query, Resolution.Alias alias) {
        int type = query.getQuestion().getType();
        if (type == Type.CNAME) {
            return Optional.of(
                    found(query, new Resolution.Found(java.util.List.of(alias.alias()), java.util.List.of())));
        }
        if (zone.resolve(alias.target(), type) instanceof Resolution.Found target) {
            Message answer = begin(query, Rcode.NOERROR, true);
            answer.addRecord(alias.alias(), Section.ANSWER);
            target.answers().forEach(record -> answer.addRecord(record, Section.ANSWER));
            return Optional.of(answer);
        }
        return Optional.empty();
    }

    private static Message found(Message query, Resolution.Found found) {
        Message answer = begin(query, Rcode.NOERROR, true);
        found.answers().forEach(record -> answer.addRecord(record, Section.ANSWER));
        found.additional().forEach(record -> answer.addRecord(record, Section.ADDITIONAL));
        return answer;
    }

    private Message negative(Message query, int code) {
        Message answer = begin(query, code, true);
        answer.addRecord(zone.authority(), Section.AUTHORITY);
        return answer;
    }

    private static Message begin(Message query, int code, boolean authoritative) {
        Message answer = new Message(query.getHeader().getID());
        Header header = answer.getHeader();
        header.setFlag(Flags.QR);
        header.setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        if (authoritative) {
            header.setFlag(Flags.AA);
        }
        header.setRcode(code);
        Record question = query.getQuestion();
        if (question != null) {
            answer.addRecord(question, Section.QUESTION);
        }
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(EDNS_PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        return answer;
    }
}
