package io.argosy.apimodel.codec;

/** Where key and value of a map entry stand; {@code valueTag} is -1 when there is none. */
record MapEntry(int keyFrom, int keyTo, int valueTag) {

    static MapEntry read(WireCursor in, int from, int to) {
        int keyFrom = from;
        int keyTo = from;
        int valueTag = -1;
        in.at(from);
        while (in.position() < to) {
            int tagAt = in.position();
            int tag = in.tag(to);
            if (tag >>> 3 == 1) {
                int length = in.length(to, tag);
                keyFrom = in.position();
                keyTo = keyFrom + length;
                in.at(keyTo);
                continue;
            }
            if (tag >>> 3 == 2) {
                valueTag = tagAt;
            }
            in.skip(tag, to);
        }
        return new MapEntry(keyFrom, keyTo, valueTag);
    }
}
