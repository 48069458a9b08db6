package io.argosy.apiserver.authz.rbac;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;

/** Whom a binding names. A ServiceAccount is held as the user it signs in as. */
record Subject(Kind kind, String name) {

    enum Kind {
        USER,
        GROUP
    }

    /** {@code bindingNamespace} stands in where a ServiceAccount names none. */
    static Subject read(ObjectValue subject, String bindingNamespace) {
        String name = subject.string("name").orElse("");
        return switch (subject.string("kind").orElse("")) {
            case "Group" -> new Subject(Kind.GROUP, name);
            case "ServiceAccount" -> {
                String namespace = subject.string("namespace")
                        .filter(text -> !text.isEmpty())
                        .orElse(bindingNamespace);
                yield new Subject(Kind.USER, "system:serviceaccount:" + namespace + ":" + name);
            }
            default -> new Subject(Kind.USER, name);
        };
    }

    static Subject user(UserInfo user) {
        return new Subject(Kind.USER, user.name());
    }

    static Subject group(String group) {
        return new Subject(Kind.GROUP, group);
    }
}
