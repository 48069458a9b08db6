package io.argosy.apiserver.authn;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;

/** Users as reviews show them. */
public final class UserTrees {

    private UserTrees() {}

    /** {@code authentication.k8s.io UserInfo}: username, uid, groups, extra. */
    public static ObjectValue write(UserInfo user) {
        ObjectValue tree = new ObjectValue();
        if (!user.extra().isEmpty()) {
            ObjectValue extra = new ObjectValue();
            user.extra().forEach((key, values) -> extra.put(key, ArrayValue.ofStrings(values)));
            tree.put("extra", extra);
        }
        if (!user.groups().isEmpty()) {
            tree.put("groups", ArrayValue.ofStrings(user.groups()));
        }
        if (!user.uid().isEmpty()) {
            tree.put("uid", user.uid());
        }
        return tree.put("username", user.name());
    }
}
