package io.argosy.apiserver.registry.admissionregistration;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Where webhooks may be: at an https URL or behind a Service. */
public final class ClientConfigRules {

    private static final String FORM = "; desired format: https://host[/path]";

    private ClientConfigRules() {}

    public static void check(Spot config) {
        Spot url = config.at("url");
        Spot service = config.at("service");
        if (url.present() == service.present()) {
            config.required("exactly one of url or service is required");
        } else if (url.present()) {
            url(url);
        } else {
            service(service);
        }
    }

    private static void url(Spot url) {
        URI uri;
        try {
            uri = new URI(url.text());
        } catch (URISyntaxException e) {
            url.required("url must be a valid URL: parse \"" + url.text() + "\": " + e.getReason() + FORM);
            return;
        }
        if (!"https".equals(uri.getScheme())) {
            url.invalid(orEmpty(uri.getScheme()), "'https' is the only allowed URL scheme" + FORM);
        }
        if (uri.getRawAuthority() == null) {
            url.invalid(Value.of(""), "host must be specified" + FORM);
        }
        if (uri.getRawUserInfo() != null) {
            url.invalid(orEmpty(uri.getRawUserInfo()), "user information is not permitted in the URL");
        }
        if (uri.getRawFragment() != null && !uri.getRawFragment().isEmpty()) {
            url.invalid(orEmpty(uri.getRawFragment()), "fragments are not permitted in the URL");
        }
        if (uri.getRawQuery() != null && !uri.getRawQuery().isEmpty()) {
            url.invalid(orEmpty(uri.getRawQuery()), "query parameters are not permitted in the URL");
        }
    }

    private static Value orEmpty(@org.jspecify.annotations.Nullable String text) {
        return Value.of(text == null ? "" : text);
    }

    private static void service(Spot service) {
        service.at("name").needed();
        service.at("namespace").needed();
        Spot port = service.at("port");
        List<String> wrong = Names.portNumber(port.number());
        if (!wrong.isEmpty()) {
            port.invalid(Value.of(port.number()), "port is not valid: " + String.join(", ", wrong));
        }
        Spot path = service.at("path");
        String text = path.text();
        if (text.isEmpty() || text.equals("/")) {
            return;
        }
        if (text.equals("//")) {
            path.invalid("segment[0] may not be empty");
            return;
        }
        if (!text.startsWith("/")) {
            path.invalid("must start with a '/'");
        }
        String rest = text.substring(1);
        String[] steps = (rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest).split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isEmpty()) {
                path.invalid("segment[" + i + "] may not be empty");
                continue;
            }
            for (String why : Names.dns1123Subdomain(steps[i])) {
                path.invalid("segment[" + i + "]: " + why);
            }
        }
    }
}
