package io.argosy.apiserver.authn.token;

import io.argosy.apiserver.authn.Authentication;
import io.argosy.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of {@code --token-auth-file}: lines of token, user, uid and, optionally, groups. */
public final class TokenFile implements TokenAuthenticator {

    private final Map<String, UserInfo> users;

    private TokenFile(Map<String, UserInfo> users) {
        this.users = Map.copyOf(users);
    }

    /** @throws IllegalArgumentException when a line has fewer than three columns or an empty token */
    public static TokenFile parse(String text) {
        Map<String, UserInfo> users = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns = columns(line);
            if (columns.size() < 3) {
                throw new IllegalArgumentException("token file: line " + number
                        + " must have at least 3 columns (token, user name, user uid), found " + columns.size());
            }
            if (columns.getFirst().isEmpty()) {
                throw new IllegalArgumentException("token file: line " + number + " has an empty token");
            }
            List<String> groups = columns.size() > 3 && !columns.get(3).isEmpty()
                    ? List.of(columns.get(3).split(","))
                    : List.of();
            users.put(columns.get(0), new UserInfo(columns.get(1), columns.get(2), groups, Map.of()));
        }
        return new TokenFile(users);
    }

    /** The columns of a line of comma-separated values, which may be quoted. */
    private static List<String> columns(String line) {
        List<String> columns = new ArrayList<>();
        StringBuilder column = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                column.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                columns.add(column.toString().strip());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        columns.add(column.toString().strip());
        return columns;
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        UserInfo user = users.get(token);
        return user == null ? Authentication.NONE : new Authentication.Authenticated(user);
    }
}
