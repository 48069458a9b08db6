package io.argosy.controllermanager.servicecidr;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDRBuilder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeUseTest {

    private static ServiceCIDR range(String name, String cidr) {
        return new ServiceCIDRBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withCidrs(cidr)
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24, 10.0.0.0/16, 10.0.0.9, true",
        "10.0.0.0/24, 10.0.0.0/24, 10.0.0.9, true",
        "10.0.0.0/16, 10.0.0.0/24, 10.0.0.9, true",
        "10.0.0.0/16, 10.0.0.0/24, 10.0.1.9, false",
        "10.0.0.0/16, 10.1.0.0/16, 10.1.0.1, true",
        "fd00::/112, 10.1.0.0/16, fd00::9, false",
        "fd00::/112, fd00::/108, fd00::9, true",
    })
    void aRangeGoesWhenNoAddressHasItAlone(String range, String other, String address, boolean goes) {
        ServiceCIDR mine = range("a", range);
        assertEquals(
                goes,
                RangeUse.canGo(
                        mine,
                        List.of(mine, range("b", other)),
                        List.of(Prefix.ofAddress(address).orElseThrow())));
    }
}
