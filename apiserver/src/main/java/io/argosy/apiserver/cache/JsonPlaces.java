package io.argosy.apiserver.cache;

import java.nio.charset.StandardCharsets;

/**
 * Where a field belongs in the metadata of a JSON object, found without decoding it.
 *
 * @param start the first byte to leave out
 * @param end the first byte to keep again
 * @param first whether no field of the metadata comes before
 * @param last whether no field of the metadata comes after
 * @param replaces whether the bytes from start to end are the field as it is now
 */
record JsonPlaces(int start, int end, boolean first, boolean last, boolean replaces) {

    /** @param field looked for in the sorted order of names */
    static JsonPlaces of(byte[] json, int from, int to, String field) {
        Scanner scanner = new Scanner(json, from, to);
        scanner.expect('{');
        while (!scanner.at('}')) {
            String name = scanner.name();
            if (name.equals("metadata")) {
                return inMetadata(scanner, field);
            }
            scanner.skipValue();
            scanner.skipComma();
        }
        throw new UnreadableObjectException("the object has no metadata");
    }

    private static JsonPlaces inMetadata(Scanner scanner, String field) {
        scanner.expect('{');
        boolean first = true;
        while (!scanner.at('}')) {
            int start = scanner.position;
            String name = scanner.name();
            int order = name.compareTo(field);
            if (order == 0) {
                scanner.skipValue();
                return new JsonPlaces(start, scanner.position, first, false, true);
            }
            if (order > 0) {
                return new JsonPlaces(start, start, first, false, false);
            }
            scanner.skipValue();
            int end = scanner.position;
            scanner.skipComma();
            first = false;
            if (scanner.at('}')) {
                return new JsonPlaces(end, end, false, true, false);
            }
        }
        return new JsonPlaces(scanner.position, scanner.position, true, true, false);
    }

    /** A reader of JSON that is known to be well formed, as it was written by an API server. */
    private static final class Scanner {
        private final byte[] json;
        private final int to;
        private int position;

        Scanner(byte[] json, int from, int to) {
            this.json = json;
            this.position = from;
            this.to = to;
        }

        private byte peek() {
            while (position < to && json[position] <= ' ' && json[position] >= 0) {
                position++;
            }
            if (position >= to) {
                throw new UnreadableObjectException("the JSON ends too early");
            }
            return json[position];
        }

        boolean at(char wanted) {
            return peek() == wanted;
        }

        void expect(char wanted) {
            if (peek() != wanted) {
                throw new UnreadableObjectException("not '" + wanted + "' at byte " + position);
            }
            position++;
        }

        void skipComma() {
            if (at(',')) {
                position++;
                peek();
            }
        }

        String name() {
            peek();
            int start = position + 1;
            skipString();
            String name = new String(json, start, position - 1 - start, StandardCharsets.UTF_8);
            expect(':');
            return name;
        }

        private void skipString() {
            expect('"');
            while (position < to && json[position] != '"') {
                position += json[position] == '\\' ? 2 : 1;
            }
            if (position >= to) {
                throw new UnreadableObjectException("a JSON string has no end");
            }
            position++;
        }

        void skipValue() {
            int depth = 0;
            do {
                switch (peek()) {
                    case '"' -> skipString();
                    case '{', '[' -> {
                        depth++;
                        position++;
                    }
                    case '}', ']' -> {
                        depth--;
                        position++;
                    }
                    case ',', ':' -> position++;
                    default -> skipScalar();
                }
            } while (depth > 0);
        }

        private void skipScalar() {
            while (position < to && json[position] > ' ' && ",:]}".indexOf(json[position]) < 0) {
                position++;
            }
        }
    }
}
