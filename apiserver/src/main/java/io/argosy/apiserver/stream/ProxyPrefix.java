package io.argosy.apiserver.stream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leads links of pages that are seen through the proxy back through it: absolute paths, of no host or of one of the
 * page's own, get the path under which the client sees the backend's root.
 *
 * @param path of the proxy, without a slash at its end
 * @param backend host and port that were asked
 * @param host the {@code Host} that the client asked for
 */
record ProxyPrefix(String path, String backend, String host) {

    /** Attributes that hold a link, by element (HTML 4.01, index of attributes; HTML, index of attributes). */
    private static final Map<String, Set<String>> LINKS = Map.ofEntries(
            Map.entry("a", Set.of("href")),
            Map.entry("applet", Set.of("codebase")),
            Map.entry("area", Set.of("href")),
            Map.entry("audio", Set.of("src")),
            Map.entry("base", Set.of("href")),
            Map.entry("blockquote", Set.of("cite")),
            Map.entry("body", Set.of("background")),
            Map.entry("button", Set.of("formaction")),
            Map.entry("command", Set.of("icon")),
            Map.entry("del", Set.of("cite")),
            Map.entry("embed", Set.of("src")),
            Map.entry("form", Set.of("action")),
            Map.entry("frame", Set.of("longdesc", "src")),
            Map.entry("head", Set.of("profile")),
            Map.entry("html", Set.of("manifest")),
            Map.entry("iframe", Set.of("longdesc", "src")),
            Map.entry("img", Set.of("longdesc", "src", "usemap")),
            Map.entry("input", Set.of("src", "usemap", "formaction")),
            Map.entry("ins", Set.of("cite")),
            Map.entry("link", Set.of("href")),
            Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
            Map.entry("q", Set.of("cite")),
            Map.entry("script", Set.of("src")),
            Map.entry("source", Set.of("src")),
            Map.entry("video", Set.of("poster", "src")));

    /** A comment, a start tag with its attributes, and for scripts and styles the text up to their end. */
    private static final Pattern MARKUP = Pattern.compile(
            "<!--.*?-->|<([a-zA-Z][a-zA-Z0-9]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", Pattern.DOTALL);

    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z][-a-zA-Z0-9]*+)(\\s*+=\\s*+)(\"[^\"]*+\"|'[^']*+'|[^\\s\"'>]++)");
    private static final Set<String> RAW_TEXT = Set.of("script", "style", "textarea", "title");

    /** A page with its links led back. */
    String page(String html) {
        StringBuilder out = new StringBuilder(html.length() + 256);
        Matcher markup = MARKUP.matcher(html);
        int copied = 0;
        int from = 0;
        while (from <= html.length() && markup.find(from)) {
            from = markup.end();
            if (markup.group(1) == null) {
                continue;
            }
            String element = markup.group(1).toLowerCase(java.util.Locale.ROOT);
            Set<String> links = LINKS.getOrDefault(element, Set.of());
            if (!links.isEmpty()) {
                out.append(html, copied, markup.start(2)).append(attributes(markup.group(2), links));
                copied = markup.end(2);
            }
            if (RAW_TEXT.contains(element)) {
                int end = endOf(element, html, from);
                from = end < 0 ? html.length() + 1 : end;
            }
        }
        return out.append(html, copied, html.length()).toString();
    }

    private static int endOf(String element, String html, int from) {
        String end = "</" + element;
        for (int at = html.indexOf('<', from); at >= 0; at = html.indexOf('<', at + 1)) {
            if (html.regionMatches(true, at, end, 0, end.length())) {
                return at;
            }
        }
        return -1;
    }

    private String attributes(String text, Set<String> links) {
        return ATTRIBUTE.matcher(text).replaceAll(found -> {
            String value = found.group(3);
            String link =
                    value.startsWith("\"") || value.startsWith("'") ? value.substring(1, value.length() - 1) : value;
            String led = links.contains(found.group(1).toLowerCase(java.util.Locale.ROOT)) ? link(link) : link;
            return Matcher.quoteReplacement(
                    led.equals(link) ? found.group() : found.group(1) + found.group(2) + '"' + led + '"');
        });
    }

    /** A link as the client must follow it; what is no link stays as it is. */
    String link(String link) {
        URI target;
        try {
            target = new URI(link.strip());
        } catch (URISyntaxException e) {
            return link;
        }
        String authority = target.getRawAuthority();
        boolean elsewhere = authority != null && !authority.equals(backend) && !authority.equals(host);
        String targetPath = target.getRawPath();
        if (elsewhere || targetPath == null || !targetPath.startsWith("/")) {
            return link;
        }
        StringBuilder led = new StringBuilder();
        if (authority != null && authority.equals(host)) {
            led.append(target.getScheme() == null ? "" : target.getScheme() + ":")
                    .append("//")
                    .append(authority);
        }
        led.append(targetPath.startsWith(path) ? "" : path).append(targetPath);
        if (target.getRawQuery() != null) {
            led.append('?').append(target.getRawQuery());
        }
        if (target.getRawFragment() != null) {
            led.append('#').append(target.getRawFragment());
        }
        return led.toString();
    }
}
