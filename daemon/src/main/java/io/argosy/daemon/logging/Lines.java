package io.argosy.daemon.logging;

/** Keeps one log record on one line and out of the terminal's controls, whatever a client put into a name. */
final class Lines {

    private Lines() {}

    static void append(StringBuilder out, String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (c == '\n') {
                out.append("\\n");
            } else if ((c < ' ' && c != '\t') || (c >= 0x7f && c < 0xa0)) {
                out.append(String.format("\\x%02x", (int) c));
            } else {
                out.append(c);
            }
        }
    }
}
