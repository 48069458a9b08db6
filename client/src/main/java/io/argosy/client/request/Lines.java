package io.argosy.client.request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Splits a stream at line feeds; the encoders of the API put one object on a line. */
final class Lines {

    /** An object has at most 3 MiB where it comes in; escaping can make it longer. */
    private static final int MAX_LINE = 32 * 1024 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;

    Lines(InputStream in) {
        this.in = in;
    }

    /** The next line that is not blank; empty at the end. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(0);
        while (true) {
            for (int i = from; i < to; i++) {
                if (buffer[i] != '\n') {
                    continue;
                }
                byte[] last = Arrays.copyOfRange(buffer, from, i);
                from = i + 1;
                line.write(last, 0, last.length);
                if (line.size() > 0) {
                    return Optional.of(line.toByteArray());
                }
                i = from - 1;
            }
            line.write(buffer, from, to - from);
            if (line.size() > MAX_LINE) {
                throw new IOException("a watch event is longer than " + MAX_LINE + " bytes");
            }
            from = 0;
            to = Math.max(0, in.read(buffer));
            if (to == 0) {
                return line.size() > 0 ? Optional.of(line.toByteArray()) : Optional.empty();
            }
        }
    }
}
