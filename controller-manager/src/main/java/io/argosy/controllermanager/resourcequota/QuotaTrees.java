package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Objects as the measure of quotas reads them. */
final class QuotaTrees {

    private QuotaTrees() {}

    static ObjectValue of(HasMetadata object) {
        return JsonReader.read(ObjectJson.write(object)) instanceof ObjectValue tree ? tree : new ObjectValue();
    }
}
