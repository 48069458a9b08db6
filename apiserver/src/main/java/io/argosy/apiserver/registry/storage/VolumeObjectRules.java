package io.argosy.apiserver.registry.storage;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.volume.DriverNames;
import java.util.HashSet;
import java.util.Set;

/** The rules of persistent volumes, of what nodes know of drivers, and of attachments. */
public final class VolumeObjectRules {

    public static final Rules VOLUMES = Rules.of(VolumeSpecRules::check).onUpdate(VolumeSpecRules::checkUpdate);

    public static final Rules CSI_NODES = Rules.of(node -> drivers(node.at("spec", "drivers")));

    public static final Rules ATTACHMENTS = Rules.of(attachment -> attachment(attachment.at("spec")))
            .onUpdate((attachment, old) -> attachment.at("spec").immutable(old.at("spec")));

    private static final int LONGEST_NODE_ID = 256;

    private VolumeObjectRules() {}

    private static void drivers(Spot drivers) {
        Set<String> names = new HashSet<>();
        for (Spot driver : drivers.items()) {
            Spot name = driver.at("name");
            DriverNames.check(name);
            Spot id = driver.at("nodeID");
            id.needed();
            if (id.text().length() > LONGEST_NODE_ID) {
                id.invalid("must be " + LONGEST_NODE_ID + " characters or less");
            }
            driver.at("allocatable", "count").notNegative();
            Set<String> keys = new HashSet<>();
            for (Spot key : driver.items("topologyKeys")) {
                Spot told = key.named(driver.path());
                told.needed();
                told.unique(keys);
                Names.qualifiedName(key.text()).forEach(told::invalid);
            }
            name.unique(names);
        }
    }

    private static void attachment(Spot spec) {
        DriverNames.check(spec.at("attacher"));
        Spot source = spec.at("source");
        Spot volume = source.at("persistentVolumeName");
        boolean inline = source.at("inlineVolumeSpec").present();
        Spot node = spec.at("nodeName");
        if (!inline && !volume.present()) {
            source.required("must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (inline && volume.present()) {
            source.forbidden("must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (volume.present()) {
            if (volume.empty()) {
                volume.required("must specify non empty persistentVolumeName");
            }
        } else {
            VolumeSpecRules.checkInline(source.at("inlineVolumeSpec"));
        }
        Names.dns1123Subdomain(node.text()).forEach(why -> node.invalid(Value.of(node.text()), why));
        if (!inline) {
            volume.given(Names::dns1123Subdomain);
        }
    }
}
