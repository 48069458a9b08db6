package io.argosy.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** {@code I1122 21:20:22.871256   14930 DeploymentController] deployment scaled key=default/web}. */
final class KlogLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS").withZone(ZoneId.systemDefault());
    private static final String PID =
            String.format("%7d", ProcessHandle.current().pid());

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder out = new StringBuilder(160);
        out.append(letter(event.getLevel()));
        Instant at = event.getInstant();
        TIME.formatTo(at == null ? Instant.ofEpochMilli(event.getTimeStamp()) : at, out);
        out.append(' ')
                .append(PID)
                .append(' ')
                .append(shortName(event.getLoggerName()))
                .append("] ");
        Lines.append(out, event.getFormattedMessage());
        out.append('\n');
        if (event.getThrowableProxy() != null) {
            out.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return out.toString();
    }

    private static char letter(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> 'E';
            case Level.WARN_INT -> 'W';
            default -> 'I';
        };
    }

    static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
