package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;

/** Rules of security contexts. */
final class SecurityRules {

    private SecurityRules() {}

    static void checkPod(Spot spec) {
        Spot context = spec.at("securityContext");
        for (String field : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            id(context.at(field));
        }
        context.items("supplementalGroups").forEach(SecurityRules::id);
        if (spec.isTrue("shareProcessNamespace") && spec.isTrue("hostPID")) {
            Spot shared = spec.at("shareProcessNamespace");
            shared.named(context.path().child("shareProcessNamespace"))
                    .invalid("ShareProcessNamespace and HostPID cannot both be enabled");
        }
        context.at("fsGroupChangePolicy").word("Always", "OnRootMismatch");
        context.at("supplementalGroupsPolicy").word("Merge", "Strict");
        context.at("seLinuxChangePolicy").word("Recursive");
        SysctlRules.check(spec);
        profiles(context);
    }

    static void checkContainer(Spot context, boolean hostUsers) {
        id(context.at("runAsUser"));
        id(context.at("runAsGroup"));
        Spot mount = context.at("procMount");
        mount.word("Default", "Unmasked");
        if (hostUsers && mount.text().equals("Unmasked")) {
            mount.invalid("`hostUsers` must be false to use `Unmasked`");
        }
        profiles(context);
        Spot escalation = context.at("allowPrivilegeEscalation");
        if (escalation.present() && !escalation.isTrue()) {
            if (context.isTrue("privileged")) {
                context.invalid("cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            if (context.at("capabilities", "add").strings().contains("CAP_SYS_ADMIN")) {
                context.invalid("cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
    }

    private static void id(Spot id) {
        if (id.present()) {
            Names.userId(id.number()).forEach(id::invalid);
        }
    }

    private static void type(Spot profile, String needed) {
        Spot type = profile.at("type");
        if (type.empty()) {
            type.required(needed);
        } else {
            type.oneOf("Localhost", "RuntimeDefault", "Unconfined");
        }
    }

    private static void profiles(Spot context) {
        Spot seccomp = context.at("seccompProfile");
        if (seccomp.present()) {
            type(seccomp, "type is required when seccompProfile is set");
            Spot file = seccomp.at("localhostProfile");
            if (!seccomp.text("type").equals("Localhost")) {
                if (file.present()) {
                    file.invalid(seccomp.object(), "can only be set when seccomp type is Localhost");
                }
            } else if (file.present()) {
                VolumeRules.descending(file);
            } else {
                file.required("must be set when seccomp type is Localhost");
            }
        }
        Spot armor = context.at("appArmorProfile");
        if (armor.present()) {
            type(armor, "type is required when appArmorProfile is set");
            Spot file = armor.at("localhostProfile");
            boolean local = armor.text("type").equals("Localhost");
            if (local && file.text().isBlank()) {
                file.required("must be set when AppArmor type is Localhost");
            } else if (!local && file.present()) {
                file.invalid("can only be set when AppArmor type is Localhost");
            }
        }
    }
}
