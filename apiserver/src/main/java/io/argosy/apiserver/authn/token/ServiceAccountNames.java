package io.argosy.apiserver.authn.token;

import java.util.List;

/** How ServiceAccounts are named as users. */
public final class ServiceAccountNames {

    private static final String PREFIX = "system:serviceaccount:";
    private static final String ALL = "system:serviceaccounts";

    private ServiceAccountNames() {}

    public static String userName(String namespace, String name) {
        return PREFIX + namespace + ":" + name;
    }

    public static List<String> groups(String namespace) {
        return List.of(ALL, ALL + ":" + namespace);
    }
}
