package io.argosy.daemon.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object a line, with the keys that upstream's JSON format has: ts, caller, msg, v or err. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private final JsonMapper mapper = JsonMapper.builder().build();

    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ts", event.getTimeStamp());
        line.put("caller", KlogLayout.shortName(event.getLoggerName()));
        line.put("msg", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            line.put("err", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        } else if (event.getLevel().toInt() < Level.ERROR_INT) {
            line.put("v", verbosity(event.getLevel()));
        }
        return mapper.writeValueAsString(line) + "\n";
    }

    private static int verbosity(Level level) {
        return switch (level.toInt()) {
            case Level.TRACE_INT -> 6;
            case Level.DEBUG_INT -> 4;
            default -> 0;
        };
    }
}
