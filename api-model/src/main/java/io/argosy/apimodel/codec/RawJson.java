package io.argosy.apimodel.codec;

/** JSON that stands as it is in a protobuf field: written without white space and with the usual escapes. */
final class RawJson {

    private RawJson() {}

    /** Writes the JSON that field 1 of the message from {@code from} to {@code to} holds; null when it has none. */
    static void write(WireCursor in, int from, int to, Sink out) {
        int rawFrom = to;
        int rawTo = to;
        in.at(from);
        while (in.position() < to) {
            int tag = in.tag(to);
            if (tag >>> 3 == 1) {
                int length = in.length(to, tag);
                rawFrom = in.position();
                rawTo = rawFrom + length;
                in.at(rawTo);
            } else {
                in.skip(tag, to);
            }
        }
        if (rawFrom == rawTo) {
            out.ascii("null");
        } else if (isCompact(in.bytes(), rawFrom, rawTo)) {
            out.put(in.bytes(), rawFrom, rawTo - rawFrom);
        } else {
            JsonWriter.write(JsonReader.read(in.bytes(), rawFrom, rawTo), out);
        }
    }

    /** Whether there is nothing to change: no white space outside of strings, nothing that is escaped. */
    private static boolean isCompact(byte[] bytes, int from, int to) {
        boolean inString = false;
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xff;
            if (b == '"') {
                inString = !inString;
            } else if (b == '\\') {
                i++;
            } else if (b == '<' || b == '>' || b == '&' || b >= 0x80 || b < ' ' || (b == ' ' && !inString)) {
                return false;
            }
        }
        return !inString && (bytes[from] == '{' || bytes[from] == '[');
    }
}
