package io.argosy.apiserver.storage.encryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Several ways to store, told apart by what the stored bytes begin with. The first is used for writing; each that fits is
 * tried for reading, as providers of one kind with other keys begin alike.
 */
final class PrefixedTransformer implements Transformer {

    private final List<Way> ways;
    private final String noneFits;

    /**
     * @param prefix of the stored bytes; empty for plain ones
     * @param transformer of what follows
     */
    record Way(byte[] prefix, Transformer transformer) {
        Way(String prefix, Transformer transformer) {
            this(prefix.getBytes(StandardCharsets.UTF_8), transformer);
        }
    }

    /** @param noneFits what is said of bytes with another beginning */
    PrefixedTransformer(List<Way> ways, String noneFits) {
        this.ways = List.copyOf(ways);
        this.noneFits = noneFits;
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public byte[] seal(String key, byte[] plain) {
        Way way = ways.getFirst();
        byte[] sealed = way.transformer().seal(key, plain);
        byte[] stored = Arrays.copyOf(way.prefix(), way.prefix().length + sealed.length);
        System.arraycopy(sealed, 0, stored, way.prefix().length, sealed.length);
        return stored;
    }

    @Override
    public Opened open(String key, byte[] stored) {
        SealedException failure = new SealedException(noneFits);
        boolean tried = false;
        for (int i = 0; i < ways.size(); i++) {
            Way way = ways.get(i);
            if (!startsWith(stored, way.prefix())) {
                continue;
            }
            try {
                Opened opened =
                        way.transformer().open(key, Arrays.copyOfRange(stored, way.prefix().length, stored.length));
                return new Opened(opened.plain(), opened.stale() || i > 0);
            } catch (SealedException wrong) {
                if (way.prefix().length > 0) {
                    failure = tried ? failure : wrong;
                    tried = true;
                }
            }
        }
        throw failure;
    }
}
