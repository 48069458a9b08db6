package io.argosy.apiserver.registry.check;

import com.google.re2j.Pattern;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;

/** Rules of names that begin with the domain of who owns them. */
public final class Domains {

    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern WHOLE_PATH = Pattern.compile("^" + PATH + "$");

    private Domains() {}

    /** {@code acme.io/foo}. */
    public static void prefixedPath(Spot name) {
        if (!name.needed()) {
            return;
        }
        String text = name.text();
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            name.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        String host = text.substring(0, slash);
        String path = text.substring(slash + 1);
        Names.dns1123Subdomain(host).forEach(why -> name.invalid(Value.of(host), why));
        if (!WHOLE_PATH.matches(path)) {
            name.invalid(Value.of(path), "Invalid path (regex used for validation is '" + PATH + "')");
        }
    }
}
