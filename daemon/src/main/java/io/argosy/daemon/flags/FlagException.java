package io.argosy.daemon.flags;

/** A command line that cannot be used, or that asks for help. */
public final class FlagException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean showUsage;
    private final boolean help;

    FlagException(String message, boolean showUsage) {
        this(message, showUsage, false);
    }

    private FlagException(String message, boolean showUsage, boolean help) {
        super(message, null, false, false);
        this.showUsage = showUsage;
        this.help = help;
    }

    static FlagException help() {
        return new FlagException("help requested", true, true);
    }

    /** Whether the usage text goes with the message. */
    public boolean showUsage() {
        return showUsage;
    }

    /** Whether {@code --help} was asked for: no fault. */
    public boolean isHelp() {
        return help;
    }
}
