package io.argosy.apiserver.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyPrefixTest {

    private static final String PATH = "/api/v1/namespaces/a/pods/p/proxy";
    private final ProxyPrefix seen = new ProxyPrefix(PATH, "10.0.0.7:80", "cluster.example:6443");

    @ParameterizedTest
    @CsvSource({
        "/x, /api/v1/namespaces/a/pods/p/proxy/x",
        "/, /api/v1/namespaces/a/pods/p/proxy/",
        "/x/?q=1#top, /api/v1/namespaces/a/pods/p/proxy/x/?q=1#top",
        "http://10.0.0.7:80/x, /api/v1/namespaces/a/pods/p/proxy/x",
        "https://cluster.example:6443/x, https://cluster.example:6443/api/v1/namespaces/a/pods/p/proxy/x",
        "/api/v1/namespaces/a/pods/p/proxy/x, /api/v1/namespaces/a/pods/p/proxy/x",
        "x/y, x/y",
        "../x, ../x",
        "#top, #top",
        "http://elsewhere.example/x, http://elsewhere.example/x",
        "mailto:root@example, mailto:root@example",
        "/a b, /a b"
    })
    void leadsAbsolutePathsThroughTheProxy(String link, String led) {
        assertEquals(led, seen.link(link));
    }

    @Test
    void changesLinksAndNothingElse() {
        String page = """
                <!DOCTYPE html><!-- <a href="/no"> --><HTML><a class='c' HREF='/x' title="/t">1 < 2</a>
                <img alt="a > b" src=/i.png><form action="/f" method=post><script src="/s.js">"<a href='/no'>"</script>
                <td href="/no"><a href="x">y</a></HTML>\
                """;
        String led = page.replace("HREF='/x'", "HREF=\"" + PATH + "/x\"")
                .replace("src=/i.png", "src=\"" + PATH + "/i.png\"")
                .replace("\"/f\"", "\"" + PATH + "/f\"")
                .replace("\"/s.js\"", "\"" + PATH + "/s.js\"");
        assertEquals(led, seen.page(page));
    }

    @Test
    void takesWhatIsNoMarkup() {
        assertEquals("a < b <", seen.page("a < b <"));
        assertEquals("<a href=\"/x", seen.page("<a href=\"/x"));
        assertEquals("<script><a href='/x'>", seen.page("<script><a href='/x'>"));
    }
}
